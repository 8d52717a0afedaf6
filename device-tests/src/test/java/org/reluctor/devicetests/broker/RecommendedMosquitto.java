package org.reluctor.devicetests.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.reluctor.devicetests.ProjectFiles;

/** A mosquitto with the settings that Reluctor recommends, in a folder and on a port of its own. */
public final class RecommendedMosquitto {
    private static final String RECOMMENDED = "config/mosquitto/reluctor.conf";
    /** What a broker of a test's own must have otherwise, or what the fixture writes itself. */
    private static final Set<String> OWN = Set.of("listener", "port", "bind_address", "user", "persistence",
            "persistence_location", "persistence_file", "log_dest", "pid_file", "password_file", "acl_file",
            "allow_anonymous", "max_inflight_messages", "max_queued_messages", "set_tcp_nodelay", "include_dir");

    private RecommendedMosquitto() {
    }

    /** Starts it; {@code extra} lines are added to its configuration. */
    public static Mosquitto start(Path folder, String... extra) throws IOException {
        List<String> lines = new ArrayList<>(List.of("allow_anonymous true"));
        for (String line : Files.readAllLines(ProjectFiles.resolve(RECOMMENDED))) {
            String key = line.strip().split("\\s+")[0];
            if (!key.isEmpty() && !key.startsWith("#") && !OWN.contains(key)) {
                lines.add(line.strip());
            }
        }
        lines.addAll(List.of(extra));
        return Mosquitto.startWith(folder, lines);
    }
}
