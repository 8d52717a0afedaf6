package org.reluctor.devicetests.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reluctor.devicetests.devicelost.FieldSite;
import org.reluctor.opencl.device.Platforms;
import org.reluctor.stream.codec.FrameFields;
import org.reluctor.stream.codec.FrameWriter;

/** The first frames after a start with all caches cold: what has to be compiled for them was compiled before. */
class FirstFramesIT {
    private static final String WIDE = "other/wide";

    @TempDir
    Path folder;

    @Test
    void run_burstsOfAllSizes_compileNothingMore() throws Exception {
        assumeTrue(Platforms.discover().select(System.getProperty("reluctor.device", Platforms.AUTO)).platform()
                .equals("Portable Computing Language"), "another driver does not show what it compiles");
        SmallNetworks.wide(folder.resolve("wide.onnx"));
        FrameFields fields = FrameFields.of(WIDE, 360, 1, 0, 512, 64);
        FrameWriter writer = new FrameWriter();
        try (FieldSite site = new FieldSite(folder);
                RunningGateway gateway = RunningGateway.start(folder, site.brokerUri(),
                        Map.of("POCL_CACHE_DIR", folder.resolve("pocl").toString()),
                        "networks: [{file: transposed.onnx, sensors: field/+}, {file: wide.onnx, sensors: other/+}]")) {
            Set<Path> before = compiled();
            assertTrue(before.size() > 3, before.toString());
            long wide = 0;
            for (int burst : new int[] {1, 2, 3, 5, 8, 16, 33, 64, 64}) {
                for (int i = 0; i < burst; i++) {
                    site.sensor().publish(WIDE, writer.write(fields.at(1, wide++), new float[64]));
                }
                site.send(burst);
                site.awaitAll();
            }
            assertEquals(before, compiled());
            assertEquals(2 * site.sent(), gateway.metric("reluctor_frames_accepted_total"));
        }
    }

    private Set<Path> compiled() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("pocl"))) {
            return files.filter(file -> file.toString().endsWith(".so")).collect(Collectors.toSet());
        }
    }
}
