package org.reluctor.devicetests.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.reluctor.devicetests.Closeness;
import org.reluctor.devicetests.ProjectFiles;
import org.reluctor.devicetests.TestDevice;
import org.reluctor.devicetests.network.OnnxRuntimePartner;
import org.reluctor.engine.Engine;
import org.reluctor.network.OnnxReader;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.network.ReferenceExecutor;
import org.reluctor.opencl.device.DeviceSession;

/** The networks that the project ships, on the device, against the float64 reference and against ONNX Runtime. */
class ShippedNetworkIT {
    /** The float64 reference of a thousand frames takes long where convolutions are. */
    private static final int LARGE = 1000;
    private static final String SMALLEST = "ecg-256x64-ista.onnx";

    private static DeviceSession session;

    @BeforeAll
    static void open() {
        session = TestDevice.open();
    }

    @AfterAll
    static void close() {
        session.close();
    }

    static Stream<Arguments> networks() throws IOException {
        try (Stream<Path> files = Files.list(ProjectFiles.resolve("config/models"))) {
            List<String> names = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".onnx")).sorted().toList();
            return names.stream().flatMap(name -> Stream.of(Arguments.of(name, new int[] {1}),
                    Arguments.of(name, new int[] {2, 7, name.equals(SMALLEST) ? LARGE : 33})));
        }
    }

    /** One engine, with room for the largest batch, runs them all. */
    @ParameterizedTest
    @MethodSource("networks")
    void run_anyBatch_equalsReferenceAndOnnxRuntime(String file, int[] batches) throws Exception {
        RecoveryNetwork network = OnnxReader.read(ProjectFiles.resolve("config/models").resolve(file));
        try (Engine engine = Engine.create(network, session, batches[batches.length - 1])) {
            for (int frames : batches) {
                compare(network, engine, frames);
            }
        }
    }

    private static void compare(RecoveryNetwork network, Engine engine, int frames) throws Exception {
        float[] y = new RandomNetworks(frames).vector(frames * network.metadata().m(), 3);
        List<double[]> expected = new ReferenceExecutor(network).run(y, frames);
        float[][] results = expected.stream().map(output -> new float[output.length]).toArray(float[][]::new);
        engine.run(y, frames, results);
        float[][] peers = new OnnxRuntimePartner().run(network, y, frames);
        for (int output = 0; output < results.length; output++) {
            String name = network.name() + ", batch " + frames + ", output " + output;
            double worst = Closeness.worst(expected.get(output), results[output]);
            System.out.printf("%s: error %.2e of scale%n", name, worst);
            Closeness.assertClose(name, expected.get(output), results[output]);
            double apart = Closeness.worst(Closeness.widen(peers[output]), results[output]);
            assertTrue(apart <= Closeness.TOLERANCE, name + " against ONNX Runtime: " + apart);
        }
    }
}
