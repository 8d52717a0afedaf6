package org.reluctor.devicetests.performance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A configuration that keeps every default but broker, topics, network and the folder of compiled kernels. */
final class GatewayConfiguration {
    static final String SITE = "bench";
    static final String INSTANCE = "subject";

    private GatewayConfiguration() {
    }

    /** Written into {@code folder}, which keeps the compiled kernels, too. */
    static Path write(Path folder, String broker, String root, Path network) throws IOException {
        return Files.write(folder.resolve("reluctor.yaml"), List.of(
                "instance: " + INSTANCE,
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
                "  port: 0"));
    }

    static String statusTopic(String root) {
        return root + "/v1/" + SITE + "/_gateway/" + INSTANCE + "/status";
    }
}
