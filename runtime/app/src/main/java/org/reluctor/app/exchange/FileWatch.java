package org.reluctor.app.exchange;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.reluctor.app.recovery.ServedNetwork;
import org.reluctor.app.trust.NetworkManifest;

/** Notices that a network's files were changed, and that nobody writes them any more. One thread. */
final class FileWatch {
    private final Map<ServedNetwork, String> handled = new HashMap<>();
    private final Map<ServedNetwork, String> before = new HashMap<>();

    FileWatch(List<ServedNetwork> served) {
        served.forEach(this::seen);
    }

    /** What lies there now was seen to. */
    void seen(ServedNetwork place) {
        handled.put(place, print(place));
    }

    /** Those whose files are not as they were seen to, but as at the look before. */
    List<ServedNetwork> changed() {
        List<ServedNetwork> changed = new ArrayList<>();
        for (ServedNetwork place : handled.keySet()) {
            String now = print(place);
            if (!now.equals(handled.get(place)) && now.equals(before.put(place, now))) {
                changed.add(place);
            }
        }
        return changed;
    }

    /** Size and time of network, manifest and signature. */
    private static String print(ServedNetwork place) {
        Path file = place.setting().file();
        String manifest = NetworkManifest.nameFor(file.getFileName().toString());
        return Stream.of(file, file.resolveSibling(manifest),
                file.resolveSibling(manifest + NetworkManifest.SIGNATURE_ENDING)).map(FileWatch::print)
                .reduce("", (all, one) -> all + "/" + one);
    }

    private static String print(Path file) {
        try {
            return Files.size(file) + " " + Files.getLastModifiedTime(file).toMillis();
        } catch (IOException absent) {
            return "absent";
        }
    }
}
