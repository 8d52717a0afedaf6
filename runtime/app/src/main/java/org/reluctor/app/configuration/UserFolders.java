package org.reluctor.app.configuration;

import java.nio.file.Path;
import java.util.Map;

/** Folders of the user who runs the process, after the XDG Base Directory Specification. */
public final class UserFolders {
    private UserFolders() {
    }

    /** Where caches of Reluctor go: systemd's cache folder, {@code $XDG_CACHE_HOME/reluctor} or {@code ~/.cache/…}. */
    public static Path cache(Map<String, String> environment) {
        String ofUnit = environment.getOrDefault("CACHE_DIRECTORY", "");
        if (!ofUnit.isEmpty()) {
            return Path.of(ofUnit.split(":")[0]);
        }
        String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
        Path base = xdg.startsWith("/") ? Path.of(xdg) : Path.of(System.getProperty("user.home"), ".cache");
        return base.resolve("reluctor");
    }
}
