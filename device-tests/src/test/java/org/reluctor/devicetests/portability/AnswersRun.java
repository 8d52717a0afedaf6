package org.reluctor.devicetests.portability;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
import org.reluctor.network.Operator;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.opencl.device.DeviceSession;

/**
 * A program that writes down what the first device it finds computes, for {@link AnswersComparison} to hold against
 * another machine's: every specimen of the catalogue, the shipped networks on their stored vectors, and every operator.
 * Several may share the work: each computes what none has claimed yet, and their files together are the whole.
 */
final class AnswersRun {
    /** What there is to compute, under a name for who waits. */
    private record Work(String name, Computation computation) {
    }

    /** Its answers. */
    private interface Computation {
        List<Answer> run() throws Exception;
    }

    private AnswersRun() {
    }

    /** The file to write, then the folder of claims, which is the same for all who share the work. */
    public static void main(String[] arguments) throws Exception {
        Path claims = Files.createDirectories(Path.of(arguments[1]));
        try (DeviceSession session = TestDevice.open(); DataOutputStream to = new DataOutputStream(
                new BufferedOutputStream(Files.newOutputStream(Path.of(arguments[0]))))) {
            System.err.println("on " + session.device());
            List<Work> all = work(session);
            for (int at = 0; at < all.size(); at++) {
                if (isClaimed(claims.resolve(Integer.toString(at)))) {
                    for (Answer answer : all.get(at).computation.run()) {
                        answer.write(to);
                    }
                    System.err.println(at + 1 + " of " + all.size() + ": " + all.get(at).name);
                }
            }
        }
    }

    /** True for the first who asks. */
    private static boolean isClaimed(Path claim) throws IOException {
        try {
            Files.createFile(claim);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    /** The longest first. */
    private static List<Work> work(DeviceSession session) throws IOException {
        List<Work> all = new ArrayList<>();
        for (Path network : networks()) {
            all.add(new Work(network.getFileName().toString(), () -> of(network, session)));
        }
        for (Specimen specimen : Catalogue.specimens()) {
            all.add(new Work(specimen.name(), () -> of(specimen, session)));
        }
        OperatorAnswers operators = new OperatorAnswers(session);
        for (Operator operator : OperatorAnswers.operators()) {
            all.add(new Work(operator.toString(), () -> operators.of(operator)));
        }
        return all;
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
