package org.reluctor.devicetests.endurance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.reluctor.opencl.binding.LiveObjects;

/**
 * What this process holds of the machine, as Linux and the binding count it.
 *
 * @param residentBytes of its memory, code and mapped files included
 * @param deviceBytes   in OpenCL buffers
 * @param objects       OpenCL objects that were made and not given back
 * @param handles       open files and the like
 * @param threads       the driver's among them
 */
record Footprint(long residentBytes, long deviceBytes, long objects, long handles, long threads) {
    private static final Path OWN = Path.of("/proc/self");

    /** As it stands now, garbage collected. */
    static Footprint now() throws IOException {
        System.gc();
        long resident = 0;
        long threads = 0;
        for (String line : Files.readAllLines(OWN.resolve("status"))) {
            resident = line.startsWith("VmRSS:") ? number(line) << 10 : resident;
            threads = line.startsWith("Threads:") ? number(line) : threads;
        }
        try (Stream<Path> handles = Files.list(OWN.resolve("fd"))) {
            return new Footprint(resident, LiveObjects.bufferBytes(), LiveObjects.count(), handles.count(), threads);
        }
    }

    private static long number(String line) {
        return Long.parseLong(line.replaceAll("\\D", ""));
    }

    /** By name, for comparisons. */
    Map<String, Long> figures() {
        Map<String, Long> figures = new LinkedHashMap<>();
        figures.put("resident memory", residentBytes);
        figures.put("device memory", deviceBytes);
        figures.put("OpenCL objects", objects);
        figures.put("open files", handles);
        figures.put("threads", threads);
        return figures;
    }
}
