package org.reluctor.devicetests.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reluctor.devicetests.TestDevice;
import org.reluctor.learn.data.DataFormatException;
import org.reluctor.learn.training.GradientOptions;
import org.reluctor.learn.training.GradientProgress;
import org.reluctor.learn.training.GradientTrainer;
import org.reluctor.network.OnnxWriter;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.opencl.device.DeviceSession;

/** Training by gradients as a whole: it learns, is the same twice, and goes on where it was killed. */
class GradientTrainerIT {
    private static final int STEPS = 60;
    private static final int KILLED_AFTER = 23;

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
    void train_smallCase_reducesTheValidationLoss() {
        List<GradientProgress.Report> reports = new ArrayList<>();
        try (GradientTrainer trainer = TrainingCase.trainer(session, TrainingCase.options(STEPS), reports::add)) {
            RecoveryNetwork network = trainer.train();
            assertEquals(STEPS, reports.size());
            assertEquals("pulses", network.name());
        }
        double first = reports.get(9).validation();
        double last = reports.get(STEPS - 1).validation();
        assertTrue(last < 0.9 * first, "from " + first + " to " + last);
        assertTrue(reports.get(STEPS - 1).framesPerSecond() > 0);
    }

    @Test
    void train_logarithmicLoss_fallsAsTheErrorsDecibelsDo() {
        List<GradientProgress.Report> reports = new ArrayList<>();
        GradientOptions options = TrainingCase.options(STEPS)
                .withLoss(GradientOptions.LossKind.LOGARITHMIC, 0);
        try (GradientTrainer trainer = TrainingCase.trainer(session, options, reports::add)) {
            trainer.train();
        }
        double first = reports.get(9).validation();
        double last = reports.get(STEPS - 1).validation();
        assertTrue(last < first + Math.log(0.9 * 0.9), "from " + first + " to " + last);
    }

    @Test
    void train_noiseAndQuantiserInTheLoop_givesOtherNumbersAndTheSameTwice() throws IOException {
        byte[] clean = trained("clean", 0, 0);
        byte[] rough = trained("rough", 0.1, 6);
        assertArrayEquals(rough, trained("rough again", 0.1, 6));
        assertTrue(!Arrays.equals(clean, rough));
    }

    @Test
    void train_matrixToo_givesANetworkThatMeasuresByIt() {
        RecoveryNetwork free = learnedMatrix(TrainingCase.options(STEPS));
        float[] phi = free.matrix().orElseThrow().toArray();
        assertEquals(free.matrix().orElseThrow().id(), free.metadata().matrixId());
        assertTrue(new TreeSet<>(Arrays.asList(boxed(phi))).size() > 100, "free numbers do not stay 0 and 1");
        free.nodes().forEach(node -> node.inputs().stream().filter(input -> input.name().equals("Phi"))
                .forEach(input -> assertArrayEquals(phi, input.floats())));
        RecoveryNetwork binary = learnedMatrix(TrainingCase.options(STEPS).withBinaryMatrix());
        assertEquals(Set.of(-1f, 1f), new TreeSet<>(Arrays.asList(boxed(binary.matrix().orElseThrow().toArray()))));
    }

    private static Float[] boxed(float[] values) {
        Float[] boxed = new Float[values.length];
        Arrays.setAll(boxed, at -> values[at]);
        return boxed;
    }

    private static RecoveryNetwork learnedMatrix(GradientOptions options) {
        List<GradientProgress.Report> reports = new ArrayList<>();
        try (GradientTrainer trainer = TrainingCase.trainer(session, options, reports::add, Set.of("Phi", "W"))) {
            RecoveryNetwork network = trainer.train();
            double first = reports.get(9).validation();
            double last = reports.get(STEPS - 1).validation();
            assertTrue(last < 0.9 * first, "from " + first + " to " + last);
            return network;
        }
    }

    private byte[] trained(String name, double noise, int bits) throws IOException {
        try (GradientTrainer trainer = TrainingCase.trainer(session, TrainingCase.options(5).withSensor(noise, bits, 4),
                GradientProgress.SILENT)) {
            return bytes(trainer.train(), folder.resolve(name + ".onnx"));
        }
    }

    @Test
    void train_killedAndResumed_givesTheBytesOfAnUninterruptedRun() throws IOException, InterruptedException {
        Path checkpoint = folder.resolve("checkpoint");
        Path network = folder.resolve("resumed.onnx");
        Process killed = process(checkpoint, network);
        try (BufferedReader steps = killed.inputReader()) {
            while (!String.valueOf(KILLED_AFTER).equals(steps.readLine())) {
                assertTrue(killed.isAlive() || steps.ready(), "the program ended by itself");
            }
            killed.destroyForcibly().waitFor();
        }
        assertTrue(Files.exists(checkpoint) && !Files.exists(network));
        Process resumed = process(checkpoint, network);
        String said = new String(resumed.getInputStream().readAllBytes());
        assertEquals(0, resumed.waitFor());
        assertTrue(said.lines().count() < STEPS - 10, "it began anew: " + said);
        try (GradientTrainer whole = TrainingCase.trainer(session, TrainingCase.options(STEPS),
                GradientProgress.SILENT)) {
            assertArrayEquals(bytes(whole.train(), folder.resolve("whole.onnx")), Files.readAllBytes(network));
        }
    }

    @Test
    void resumingFrom_damagedOrAnothersCheckpoint_isRefused() throws IOException {
        Path checkpoint = folder.resolve("checkpoint");
        try (GradientTrainer trainer = TrainingCase.trainer(session, TrainingCase.options(5),
                GradientProgress.SILENT)) {
            trainer.resumingFrom(checkpoint).train();
        }
        try (GradientTrainer other = TrainingCase.trainer(session, TrainingCase.options(6),
                GradientProgress.SILENT)) {
            String message = assertThrows(DataFormatException.class, () -> other.resumingFrom(checkpoint)).getMessage();
            assertTrue(message.contains("other options"), message);
            byte[] bytes = Files.readAllBytes(checkpoint);
            bytes[bytes.length / 2] ^= 1;
            Files.write(checkpoint, bytes);
            message = assertThrows(DataFormatException.class, () -> other.resumingFrom(checkpoint)).getMessage();
            assertTrue(message.contains("damaged"), message);
        }
    }

    private static byte[] bytes(RecoveryNetwork network, Path file) throws IOException {
        OnnxWriter.write(network, file);
        return Files.readAllBytes(file);
    }

    private static Process process(Path checkpoint, Path network) throws IOException {
        // The environment, and with it what is preloaded, is this process's own.
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-cp",
                System.getProperty("java.class.path"), TrainingProgram.class.getName(), checkpoint.toString(),
                network.toString(), String.valueOf(STEPS)).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    }
}
