package org.reluctor.stream.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.reluctor.stream.GatewayOptions;
import org.reluctor.stream.Route;
import org.reluctor.stream.Topics;

/**
 * The topic filters of a gateway's frames: all sensors of the sites that its routes name, or its routes only. None
 * covers another, or the broker would deliver frames twice.
 */
final class Subscriptions {
    private Subscriptions() {
    }

    static List<String> of(GatewayOptions options, List<Route> routes) {
        Set<String> sensors = new LinkedHashSet<>();
        for (Route route : routes) {
            sensors.add(options.answerUnrouted() ? route.siteFilter() + "/+" : route.sensorFilter());
        }
        Topics topics = options.topics();
        return withoutCovered(sensors).stream().map(topics::frame).toList();
    }

    private static List<String> withoutCovered(Set<String> filters) {
        List<String> kept = new ArrayList<>();
        for (String filter : filters) {
            if (filters.stream().noneMatch(other -> !other.equals(filter) && covers(other, filter))) {
                kept.add(filter);
            }
        }
        return kept;
    }

    private static boolean covers(String wide, String narrow) {
        String[] ofWide = wide.split("/");
        String[] ofNarrow = narrow.split("/");
        boolean site = ofWide[0].equals("+") || ofWide[0].equals(ofNarrow[0]);
        return site && (ofWide[1].equals("+") || ofWide[1].equals(ofNarrow[1]));
    }
}
