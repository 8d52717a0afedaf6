package org.reluctor.devicetests.endurance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What a process holds of the machine, as Linux tells it; the process notices nothing of being asked. */
public final class LinuxProcess {
    private final Path proc;

    private LinuxProcess(Path proc) {
        this.proc = proc;
    }

    /** This one. */
    public static LinuxProcess own() {
        return new LinuxProcess(Path.of("/proc/self"));
    }

    /** Another one of the same user. */
    public static LinuxProcess of(long pid) {
        return new LinuxProcess(Path.of("/proc", Long.toString(pid)));
    }

    /** Its memory, code and mapped files included. VmRSS is added up by thread now and then; this counts pages. */
    public long residentBytes() throws IOException {
        return number("smaps_rollup", "Rss:") << 10;
    }

    /** The OpenCL driver's among them. */
    public long threads() throws IOException {
        return number("status", "Threads:");
    }

    /** Open files and the like. */
    public long handles() throws IOException {
        try (Stream<Path> open = Files.list(proc.resolve("fd"))) {
            return open.count();
        }
    }

    private long number(String file, String key) throws IOException {
        for (String line : Files.readAllLines(proc.resolve(file))) {
            if (line.startsWith(key)) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new IOException(proc.resolve(file) + " does not tell " + key);
    }
}
