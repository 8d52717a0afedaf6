package org.reluctor.devicetests.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reluctor.devicetests.Closeness;
import org.reluctor.devicetests.ProjectFiles;
import org.reluctor.devicetests.TestDevice;
import org.reluctor.devicetests.network.OnnxRuntimePartner;
import org.reluctor.engine.Engine;
import org.reluctor.network.OnnxReader;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.network.ReferenceExecutor;
import org.reluctor.opencl.device.DeviceSession;

/** The network that the project ships, on the device, against the float64 reference and against ONNX Runtime. */
class ShippedNetworkIT {
    private static final int MOST_FRAMES = 1000;

    private static RecoveryNetwork network;
    private static DeviceSession session;
    private static Engine engine;

    @BeforeAll
    static void open() {
        network = OnnxReader.read(ProjectFiles.resolve("config/models/ecg-256x64-ista.onnx"));
        session = TestDevice.open();
        engine = Engine.create(network, session, MOST_FRAMES);
    }

    @AfterAll
    static void close() {
        engine.close();
        session.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 64, MOST_FRAMES})
    void run_anyBatch_equalsReferenceAndOnnxRuntime(int frames) throws Exception {
        float[] y = new RandomNetworks(frames).vector(frames * network.metadata().m(), 3);
        List<double[]> expected = new ReferenceExecutor(network).run(Closeness.widen(y), frames);
        float[][] results = {new float[expected.get(0).length], new float[expected.get(1).length]};
        engine.run(y, frames, results);
        for (int output = 0; output < results.length; output++) {
            double worst = Closeness.worst(expected.get(output), results[output]);
            System.out.printf("%s, batch %d, output %d: error %.2e of scale%n", network.name(), frames, output, worst);
            Closeness.assertClose("output " + output, expected.get(output), results[output]);
        }
        float[][] peers = new OnnxRuntimePartner().run(network, y, frames);
        for (int output = 0; output < results.length; output++) {
            double worst = Closeness.worst(Closeness.widen(peers[output]), results[output]);
            assertTrue(worst <= Closeness.TOLERANCE, "output " + output + " against ONNX Runtime: " + worst);
        }
    }
}
