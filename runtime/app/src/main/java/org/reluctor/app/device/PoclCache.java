package org.reluctor.app.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The kernel cache of the PoCL driver, which shows no device at all where it cannot write there. */
final class PoclCache {
    private PoclCache() {
    }

    /** What is wrong with the cache's folder, if anything; the folder is made where it is absent. */
    static Optional<String> problem(Map<String, String> environment) {
        Path folder = folder(environment);
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, "probe", null));
            return Optional.empty();
        } catch (IOException exception) {
            return Optional.of("the OpenCL driver PoCL cannot write its kernel cache " + folder + "; make it writable,"
                    + " or name another folder in the variable POCL_CACHE_DIR");
        }
    }

    /** The places that PoCL itself looks at, in its order. */
    private static Path folder(Map<String, String> environment) {
        String own = environment.getOrDefault("POCL_CACHE_DIR", "");
        if (!own.isEmpty()) {
            return Path.of(own);
        }
        String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
        String home = environment.getOrDefault("HOME", System.getProperty("user.home"));
        Path base = xdg.isEmpty() ? Path.of(home, ".cache") : Path.of(xdg);
        return base.resolve("pocl").resolve("kcache");
    }
}
