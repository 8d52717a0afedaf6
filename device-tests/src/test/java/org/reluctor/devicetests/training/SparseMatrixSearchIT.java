package org.reluctor.devicetests.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reluctor.devicetests.TestDevice;
import org.reluctor.learn.data.DataFormatException;
import org.reluctor.learn.training.GradientProgress;
import org.reluctor.learn.training.SparseMatrixSearch;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.OnnxWriter;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.opencl.device.DeviceSession;

/** Ones of Φ moved through a network: the loss falls by it, columns keep their ones, and a search goes on. */
class SparseMatrixSearchIT {
    private static DeviceSession session;

    @TempDir
    Path folder;

    @BeforeAll
    static void open() {
        session = TestDevice.open();
    }

    @AfterAll
    static void close() {
        session.close();
    }

    @Test
    void search_smallCase_movesOnesWithinTheirColumnsAndLowersTheLoss() {
        MeasurementMatrix start = TrainingCase.sparse();
        RecoveryNetwork found;
        try (SparseMatrixSearch search = TrainingCase.search(session, 12)) {
            found = search.search();
        }
        MeasurementMatrix phi = found.matrix().orElseThrow();
        assertNotEquals(start, phi);
        assertEquals(phi.id(), found.metadata().matrixId());
        for (int column = 0; column < start.columns(); column++) {
            assertEquals(start.onesPerColumn(), phi.rowsOfColumn(column).length);
        }
        double before = TrainingCase.lossWith(session, start);
        double after = TrainingCase.lossWith(session, phi);
        assertTrue(after < 0.97 * before, "trained alike, from " + before + " to " + after);
    }

    @Test
    void search_stoppedAndResumed_givesTheBytesOfOneGo() throws Exception {
        Path checkpoint = folder.resolve("checkpoint");
        try (SparseMatrixSearch first = TrainingCase.search(session, 5)) {
            first.resumingFrom(checkpoint).search(2);
        }
        byte[] resumed;
        try (SparseMatrixSearch second = TrainingCase.search(session, 5)) {
            resumed = bytes(second.resumingFrom(checkpoint).search());
        }
        try (SparseMatrixSearch whole = TrainingCase.search(session, 5)) {
            assertArrayEquals(bytes(whole.search()), resumed);
        }
        try (SparseMatrixSearch other = TrainingCase.search(session, 6)) {
            assertThrows(DataFormatException.class, () -> other.resumingFrom(checkpoint));
        }
    }

    private byte[] bytes(RecoveryNetwork network) throws Exception {
        Path file = folder.resolve("network.onnx");
        OnnxWriter.write(network, file);
        return Files.readAllBytes(file);
    }
}
