package org.reluctor.devicetests.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.reluctor.devicetests.ProjectFiles;

/** The broker's settings that are shipped for TLS, for a broker of a test. */
final class ShippedBroker {
    private ShippedBroker() {
    }

    /** The settings of a file but for those that a test's broker has of its own. */
    static List<String> settings(Path file) throws IOException {
        return Files.readAllLines(file).stream().filter(line -> !line.matches("(listener|persistence"
                + "|persistence_location|set_tcp_nodelay|max_inflight_messages|max_queued_messages) .*")).toList();
    }

    /** As they are shipped. */
    static List<String> settings() throws IOException {
        return settings(ProjectFiles.resolve("config/mosquitto/reluctor-tls.conf"));
    }
}
