package org.reluctor.devicetests.portability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The pipeline forms as an FPGA gets them: from binaries alone. PoCL stands in for the board; it cannot compile without
 * a linker, which the third run proves of the second.
 */
class PipelineBinaryIT {
    @TempDir
    Path folder;

    @Test
    void pipelines_fromBinariesWithoutACompiler_areRight() throws Exception {
        DriverProcess.Said compiled = run("binaries", DriverProcess.OWN).expectGood();
        assumeTrue(compiled.lines("device").get(0).contains("Portable Computing Language"), "this needs PoCL");
        DriverProcess unable = DriverProcess.OWN.with("PATH", folder.resolve("nothing").toString());
        DriverProcess.Said loaded = run("binaries", unable).expectGood();
        assertEquals(List.of(), loaded.lines("wrong"));
        assertEquals(Selection.PIPELINE.specimens().size(), loaded.lines("right").size());
        assertNotEquals(0, run("no-binaries", unable).status(), "a run that had to compile");
    }

    /**
     * Each with a cache of the driver's own that is empty. PoCL compiles again for the sizes of a launch, unless told
     * that the kernel as it was built will do.
     */
    private DriverProcess.Said run(String binaries, DriverProcess driver) throws IOException, InterruptedException {
        return driver.with("POCL_CACHE_DIR", Files.createTempDirectory(folder, "driver").toString())
                .with("POCL_WORK_GROUP_SPECIALIZATION", "0")
                .run(folder, CatalogueRun.class, folder.resolve(binaries).toString(), Selection.PIPELINE.name());
    }
}
