package org.reluctor.stream.pipeline;

import java.util.Arrays;
import java.util.List;
import org.reluctor.stream.Route;

/** Which networks are at work, as the status tells it. Safe for several threads. */
final class ModelIds {
    private final List<Route> routes;
    private long[] ids = {};
    private List<String> names = List.of();

    ModelIds(List<Route> routes) {
        this.routes = routes;
    }

    /** Ids of 16 hexadecimal digits, each once; the same list until a network was exchanged. */
    synchronized List<String> inUse() {
        long[] now = routes.stream().mapToLong(route -> route.recovery().modelId()).toArray();
        if (!Arrays.equals(now, ids)) {
            ids = now;
            names = Arrays.stream(now).mapToObj(id -> String.format("%016x", id)).distinct().toList();
        }
        return names;
    }
}
