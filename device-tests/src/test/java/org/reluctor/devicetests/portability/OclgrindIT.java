package org.reluctor.devicetests.portability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reluctor.devicetests.training.LeastTraining;

/**
 * Every kernel that recovers, but for the whole-network forms, and a training, under oclgrind: no race, no address
 * beyond a buffer, no wrong call, and right results. Its check of uninitialised values is left out: in version 21.10 it
 * changes results and ends the process.
 */
class OclgrindIT {
    /** What the JVM says of its signals, and the program of its progress. */
    private static final String NO_REPORT = "running .*|OpenJDK .* warning: .*|";

    @TempDir
    Path folder;

    private static List<String> reports(DriverProcess.Said said) {
        return said.err().stream().filter(line -> !line.matches(NO_REPORT)).toList();
    }

    @Test
    void catalogue_underOclgrind_isRightAndUnreported() throws Exception {
        DriverProcess.Said said = DriverProcess.OCLGRIND.run(folder, CatalogueRun.class,
                folder.resolve("cache").toString(), Selection.ALL.name()).expectGood();
        assertEquals(List.of(), said.lines("wrong"));
        assertEquals(List.of(), reports(said), "what oclgrind reports, each behind its specimen in " + said.err());
        assertEquals(Catalogue.specimens().size(), said.lines("right").size());
        assertTrue(said.lines("device").get(0).contains("Oclgrind"), said.out().toString());
    }

    /** Two steps of a small network: forward, backward, and the descent. */
    @Test
    void training_underOclgrind_isUnreported() throws Exception {
        DriverProcess.Said said = DriverProcess.OCLGRIND.run(folder, LeastTraining.class).expectGood();
        assertEquals(List.of(), reports(said));
        assertEquals(List.of("1", "2"), said.out());
    }

    @ParameterizedTest
    @CsvSource({"race, data race", "beyond, Invalid write", "partway, data race"})
    void faultyKernel_underOclgrind_isReported(String kernel, String report) throws Exception {
        DriverProcess.Said said = DriverProcess.OCLGRIND.run(folder, FaultyKernels.class,
                folder.resolve("cache").toString(), kernel).expectGood();
        assertTrue(reports(said).stream().anyMatch(line -> line.contains(report)), said.err().toString());
    }
}
