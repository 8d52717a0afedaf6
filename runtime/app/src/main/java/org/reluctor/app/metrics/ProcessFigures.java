package org.reluctor.app.metrics;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Figures of this process by the names that Prometheus's client libraries share. */
final class ProcessFigures {
    private static final Path PROC = Path.of("/proc/self");

    private ProcessFigures() {
    }

    /** A gauge's meaning and value. */
    record Figure(String help, double value) {
    }

    /** What this system tells; figures that it does not tell are left out. */
    static Map<String, Figure> read() {
        Map<String, Figure> figures = new LinkedHashMap<>();
        Runtime runtime = Runtime.getRuntime();
        figures.put("jvm_memory_used_bytes", new Figure("Heap in use.", runtime.totalMemory() - runtime.freeMemory()));
        figures.put("jvm_memory_max_bytes", new Figure("Most heap.", runtime.maxMemory()));
        try {
            figures.put("process_resident_memory_bytes", new Figure("Resident memory.", residentBytes()));
            figures.put("process_open_fds", new Figure("Open file descriptors.", openFiles()));
        } catch (IOException exception) {
            // Not a Linux /proc: these two figures are left out.
        }
        return figures;
    }

    private static double residentBytes() throws IOException {
        for (String line : Files.readAllLines(PROC.resolve("status"))) {
            if (line.startsWith("VmRSS:")) {
                return Double.parseDouble(line.replaceAll("[^0-9]", "")) * 1024;
            }
        }
        throw new IOException("no VmRSS");
    }

    private static int openFiles() throws IOException {
        int count = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(PROC.resolve("fd"))) {
            for (Path ignored : files) {
                count++;
            }
        }
        return count;
    }
}
