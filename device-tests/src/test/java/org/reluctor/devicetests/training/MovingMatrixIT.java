package org.reluctor.devicetests.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reluctor.devicetests.TestDevice;
import org.reluctor.learn.data.DataFormatException;
import org.reluctor.learn.training.GradientTrainer;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.OnnxWriter;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.opencl.device.DeviceSession;

/** Ones of Φ that move while a network trains: the loss falls by it, columns keep theirs, and training goes on. */
class MovingMatrixIT {
    private static final int STEPS = 120;

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
    void train_movingMatrix_keepsTheOnesOfColumnsAndLowersTheLoss() {
        MeasurementMatrix start = TrainingCase.sparse();
        MeasurementMatrix phi;
        try (GradientTrainer trainer = TrainingCase.moving(session, STEPS)) {
            RecoveryNetwork found = trainer.train();
            phi = found.matrix().orElseThrow();
            assertEquals(phi.id(), found.metadata().matrixId());
            found.nodes().forEach(node -> node.inputs().stream().filter(input -> input.name().equals("Phi"))
                    .forEach(input -> assertArrayEquals(phi.toArray(), input.floats())));
        }
        assertNotEquals(start, phi);
        for (int column = 0; column < start.columns(); column++) {
            assertEquals(start.onesPerColumn(), phi.rowsOfColumn(column).length);
        }
        double before = TrainingCase.lossWith(session, start, STEPS);
        double after = TrainingCase.lossWith(session, phi, STEPS);
        assertTrue(after < 0.97 * before, "networks trained alike, from " + before + " to " + after);
    }

    @Test
    void train_stoppedAndResumed_givesTheBytesOfOneGo() throws IOException {
        Path checkpoint = folder.resolve("checkpoint");
        try (GradientTrainer first = TrainingCase.moving(session, 40)) {
            first.resumingFrom(checkpoint).train(15);
        }
        byte[] resumed;
        try (GradientTrainer second = TrainingCase.moving(session, 40)) {
            resumed = bytes(second.resumingFrom(checkpoint).train());
            assertEquals(40, second.steps());
        }
        try (GradientTrainer whole = TrainingCase.moving(session, 40)) {
            assertArrayEquals(bytes(whole.train()), resumed);
        }
        try (GradientTrainer other = TrainingCase.moving(session, 41)) {
            assertThrows(DataFormatException.class, () -> other.resumingFrom(checkpoint));
        }
    }

    private byte[] bytes(RecoveryNetwork network) throws IOException {
        Path file = folder.resolve("network.onnx");
        OnnxWriter.write(network, file);
        return Files.readAllBytes(file);
    }
}
