package org.reluctor.devicetests.performance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A configuration that keeps every default but broker, topics, network and the folder of compiled kernels. */
final class GatewayConfiguration {
    static final String SITE = "bench";
    static final String INSTANCE = "subject";

    private GatewayConfiguration() {
    }

    /** Written into {@code folder}, which keeps the compiled kernels, too. */
    static Path write(Path folder, String broker, String root, Path network) throws IOException {
        return Files.write(folder.resolve("reluctor.yaml"), lines(folder, broker, root, network, INSTANCE));
    }

    /** As {@link #write}, for the one gateway of a partition, of which {@code instance} is the name. */
    static Path writePartition(Path folder, String broker, String root, Path network, String instance)
            throws IOException {
        List<String> lines = new ArrayList<>(lines(folder, broker, root, network, instance));
        lines.add("fleet: {partition: " + instance + "}");
        return Files.write(folder.resolve(instance + ".yaml"), lines);
    }

    private static List<String> lines(Path folder, String broker, String root, Path network, String instance) {
        return List.of(
                "instance: " + instance,
                "site: " + SITE,
                "topics:",
                "  root: " + root,
                "broker:",
                "  uri: " + broker,
                "networks:",
                "  - file: " + network.toAbsolutePath(),
                "    sensors: \"" + SITE + "/+\"",
                "device:",
                "  cacheFolder: " + folder.resolve("kernels"),
                // A rate that nothing here reaches: what its reckoning costs belongs to the figures.
                "sensors: {framesPerSecond: 1000000, burstFrames: 1000000}",
                "http:",
                "  port: 0");
    }

    static String statusTopic(String root, String instance) {
        return root + "/v1/" + SITE + "/_gateway/" + instance + "/status";
    }
}
