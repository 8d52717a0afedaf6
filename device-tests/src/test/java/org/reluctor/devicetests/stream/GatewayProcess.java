package org.reluctor.devicetests.stream;

import java.time.Duration;
import java.util.List;
import org.reluctor.stream.BrokerOptions;
import org.reluctor.stream.Gateway;
import org.reluctor.stream.GatewayOptions;
import org.reluctor.stream.Route;
import org.reluctor.stream.StreamEvents;

/** A gateway in a JVM of its own, so that a test may kill it as a power cut does. */
final class GatewayProcess {
    private GatewayProcess() {
    }

    /** Runs a gateway on the broker that the first argument names, until killed. */
    public static void main(String[] args) throws Exception {
        BrokerOptions.Builder broker = BrokerOptions.at(args[0]).reconnectCap(Duration.ofMillis(500));
        GatewayOptions options = GatewayOptions.builder("lab", "gw-1", broker.clientId("gw-1").build(),
                broker.clientId("gw-1-out").build()).build();
        try (Gateway gateway = Gateway.open(options, List.of(new Route("lab/+", new LinearRecovery())),
                StreamEvents.NONE)) {
            gateway.awaitOnline(Duration.ofSeconds(30));
            Thread.sleep(Long.MAX_VALUE);
        }
    }

    static Process start(String brokerUri) throws Exception {
        String java = ProcessHandle.current().info().command().orElse("java");
        return new ProcessBuilder(java, "-Xmx64m", "-cp", System.getProperty("java.class.path"),
                GatewayProcess.class.getName(), brokerUri).inheritIO().start();
    }
}
