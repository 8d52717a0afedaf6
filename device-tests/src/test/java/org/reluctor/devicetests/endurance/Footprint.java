package org.reluctor.devicetests.endurance;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
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
    /** As it stands now, garbage collected. */
    static Footprint now() throws IOException {
        System.gc();
        LinuxProcess own = LinuxProcess.own();
        return new Footprint(own.residentBytes(), LiveObjects.bufferBytes(), LiveObjects.count(), own.handles(),
                own.threads());
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
