package org.reluctor.devicetests.portability;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.reluctor.app.selftest.StoredVectors;
import org.reluctor.devicetests.Answer;
import org.reluctor.devicetests.Closeness;
import org.reluctor.devicetests.ProjectFiles;
import org.reluctor.devicetests.TestDevice;
import org.reluctor.devicetests.network.OperatorAnswers;
import org.reluctor.engine.Engine;
import org.reluctor.network.OnnxReader;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.opencl.device.DeviceSession;

/**
 * A program that writes down what the first device it finds computes, for {@link AnswersComparison} to hold against
 * another machine's: every specimen of the catalogue, the shipped networks on their stored vectors, and every operator.
 */
final class AnswersRun {
    private AnswersRun() {
    }

    /** Folder of the kernel cache, then the file to write. */
    public static void main(String[] arguments) throws Exception {
        Path file = Path.of(arguments[1]);
        try (DeviceSession session = TestDevice.open(Path.of(arguments[0]));
                DataOutputStream to = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            System.err.println("on " + session.device());
            for (Specimen specimen : Catalogue.specimens()) {
                System.err.println(specimen.name());
                for (Answer answer : of(specimen, session)) {
                    answer.write(to);
                }
            }
            for (Path network : networks()) {
                System.err.println(network.getFileName());
                for (Answer answer : of(network, session)) {
                    answer.write(to);
                }
            }
            new OperatorAnswers(session).each(answer -> {
                System.err.println(answer.name());
                answer.write(to);
            });
        }
    }

    private static List<Answer> of(Specimen specimen, DeviceSession session) {
        return specimen.outcomes(session).stream().map(outcome -> new Answer(
                specimen.name() + outcome.how() + " at " + outcome.result().offset(), outcome.actual(),
                outcome.result().tolerance())).toList();
    }

    private static List<Path> networks() throws IOException {
        try (Stream<Path> files = Files.list(ProjectFiles.resolve("config/models"))) {
            return files.filter(file -> file.toString().endsWith(".onnx")).sorted().toList();
        }
    }

    /** Of all stored frames together, then of the first alone. */
    private static List<Answer> of(Path file, DeviceSession session) throws IOException {
        String name = file.getFileName().toString().replace(".onnx", "");
        RecoveryNetwork network = OnnxReader.read(file);
        StoredVectors vectors = StoredVectors.of(network, ProjectFiles.resolve("config/vectors/networks"), name);
        float[] together = new float[vectors.x().length];
        float[] alone = new float[together.length / vectors.frames()];
        try (Engine engine = Engine.create(network, session, vectors.frames())) {
            engine.run(vectors.y(), vectors.frames(), together);
            engine.run(Arrays.copyOf(vectors.y(), vectors.y().length / vectors.frames()), 1, alone);
        }
        return List.of(new Answer(name, together, tolerance(vectors.x(), together.length)),
                new Answer(name + ", one frame", alone, tolerance(vectors.x(), alone.length)));
    }

    private static double[] tolerance(float[] exact, int elements) {
        float largest = 0;
        for (int at = 0; at < elements; at++) {
            largest = Math.max(largest, Math.abs(exact[at]));
        }
        double[] tolerance = new double[elements];
        Arrays.fill(tolerance, Closeness.TOLERANCE * largest);
        return tolerance;
    }
}
