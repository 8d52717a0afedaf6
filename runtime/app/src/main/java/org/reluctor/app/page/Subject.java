package org.reluctor.app.page;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.reluctor.app.configuration.Configuration;
import org.reluctor.app.json.JsonText;
import org.reluctor.stream.ConnectFailure;
import org.reluctor.stream.Gateway;
import org.reluctor.stream.GatewayState;
import org.reluctor.stream.GatewayStats;
import org.reluctor.stream.Route;

/**
 * The gateway that a page is about, as far as there is one yet.
 *
 * @param configuration of the gateway
 * @param gateway       gives null until it is open
 * @param routes        with the networks at work now
 * @param device        gives its name
 */
public record Subject(Configuration configuration, Supplier<Gateway> gateway, Supplier<List<Route>> routes,
        Supplier<String> device) {

    /** Name of the network's file, without its folder; empty where the configuration has none at that place. */
    String file(int route) {
        List<Configuration.Network> networks = configuration.networks();
        Path name = route < networks.size() ? networks.get(route).file().getFileName() : null;
        return name == null ? "" : name.toString();
    }

    /** State and counts now. */
    Map<String, Object> figures() {
        Gateway opened = gateway.get();
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("device", device.get());
        figures.put("state", (opened == null ? GatewayState.STARTING : opened.state()).word());
        figures.put("why", opened == null ? "" : opened.lastFailure().map(ConnectFailure::message).orElse(""));
        if (opened != null) {
            figures.putAll(counts(opened.stats()));
        }
        return figures;
    }

    private static Map<String, Object> counts(GatewayStats stats) {
        return JsonText.map("received", stats.framesReceived(), "accepted", stats.framesAccepted(),
                "rejected", stats.framesRejectedTotal(), "rejectedFor", stats.framesRejected().entrySet().stream()
                        .filter(each -> each.getValue() > 0)
                        .collect(Collectors.toMap(each -> each.getKey().reason(), Map.Entry::getValue)),
                "duplicates", stats.duplicates(), "gaps", stats.gaps(), "restarts", stats.restarts(),
                "queueDrops", stats.queueDrops(), "delivered", stats.signalsDelivered(),
                "unheard", stats.signalsUnheard(), "refused", stats.signalsRefused(),
                "dropped", stats.signalsDropped(), "recoveryFailures", stats.recoveryFailures(),
                "sensorsKnown", stats.sensors(), "inFlight", stats.inFlight(), "oldestMs", stats.oldestMillis(),
                "deviceMs", stats.deviceMillis(),
                "reconnections", Math.max(0, stats.ingressConnections() + stats.egressConnections() - 2));
    }
}
