package org.reluctor.app.configuration;

import java.nio.file.Path;
import java.util.Map;

/** Folders of the user who runs the process, after the XDG Base Directory Specification. */
public final class UserFolders {
    private UserFolders() {
    }

    /** Where caches of Reluctor go: systemd's cache folder, {@code $XDG_CACHE_HOME/reluctor} or {@code ~/.cache/…}. */
    public static Path cache(Map<String, String> environment) {
        return folder(environment, "CACHE_DIRECTORY", "XDG_CACHE_HOME", ".cache");
    }

    /** What is found out and kept: systemd's state folder, {@code $XDG_STATE_HOME/reluctor} or {@code ~/.local/…}. */
    public static Path state(Map<String, String> environment) {
        return folder(environment, "STATE_DIRECTORY", "XDG_STATE_HOME", ".local/state");
    }

    private static Path folder(Map<String, String> environment, String unit, String xdg, String ofHome) {
        String ofUnit = environment.getOrDefault(unit, "");
        if (!ofUnit.isEmpty()) {
            return Path.of(ofUnit.split(":")[0]);
        }
        // The specification says that a relative path is to be ignored.
        String base = environment.getOrDefault(xdg, "");
        Path home = Path.of(System.getProperty("user.home"), ofHome);
        return (base.startsWith("/") ? Path.of(base) : home).resolve("reluctor");
    }
}
