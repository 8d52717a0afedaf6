package org.reluctor.app.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The kernel cache of the PoCL driver, which shows no device at all where it cannot write there. */
public final class PoclCache {
    private static final long LEAST_ROOM_BYTES = 4L << 20;

    private PoclCache() {
    }

    /** What is wrong with the cache's folder, if anything; the folder is made where it is absent. */
    public static Optional<String> problem(Map<String, String> environment) {
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

    /** Why programs cannot be compiled there, if the disk is too full; PoCL would take the process with it. */
    static Optional<String> lackOfRoom(Map<String, String> environment) {
        Path folder = folder(environment);
        try {
            long left = Files.getFileStore(Files.createDirectories(folder)).getUsableSpace();
            return left >= LEAST_ROOM_BYTES ? Optional.empty() : Optional.of("the disk of PoCL's kernel cache "
                    + folder + " has " + (left >> 10) + " KiB left, and compiling takes " + (LEAST_ROOM_BYTES >> 10)
                    + " KiB; make room there, or name another folder in the variable POCL_CACHE_DIR");
        } catch (IOException exception) {
            // Then it is no lack of room.
            return Optional.empty();
        }
    }

    /** The places that PoCL itself looks at, in its order. */
    public static Path folder(Map<String, String> environment) {
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
