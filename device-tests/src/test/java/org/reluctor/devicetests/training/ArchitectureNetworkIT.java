package org.reluctor.devicetests.training;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reluctor.devicetests.Closeness;
import org.reluctor.devicetests.TestDevice;
import org.reluctor.engine.Engine;
import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.architecture.IstaNetPlus;
import org.reluctor.learn.architecture.LinearEstimate;
import org.reluctor.learn.architecture.Lista;
import org.reluctor.learn.architecture.PolyphaseConvolution;
import org.reluctor.learn.architecture.PolyphaseImage;
import org.reluctor.learn.architecture.TrainableNetwork;
import org.reluctor.learn.architecture.TwoLayer;
import org.reluctor.learn.architecture.UnrolledDense;
import org.reluctor.learn.architecture.WholeImage;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.NetworkMetadata;
import org.reluctor.network.ReferenceExecutor;
import org.reluctor.network.Value;
import org.reluctor.opencl.device.DeviceSession;

/** Every architecture, untrained, on the engine against the reference; and that nodes use all that is trainable. */
class ArchitectureNetworkIT {
    private static final int SIDE = 8;
    private static final int N = SIDE * SIDE;
    private static final int M = 24;
    private static final int BATCH = 3;
    private static final MeasurementMatrix PHI = MeasurementMatrix.sparseBinary(M, N, 4, 1);
    private static final NetworkMetadata PLAIN = NetworkMetadata.of(N, M, 1);

    static Stream<TrainableNetwork> networks() {
        Matrix identity = Matrix.zero(N, N).plusDiagonal(1);
        Matrix w = LinearEstimate.of(identity, PHI, 1e-6).matrix();
        return Stream.of(new PolyphaseConvolution(12, 3, 8, 1).assemble("polyphase", PHI, w, PLAIN),
                new PolyphaseImage(SIDE, 2, 10, 20, 2, 1).assemble("image", PHI, w, PLAIN),
                new WholeImage(SIDE, 2, 12, 20, 2, 1).assemble("whole", PHI, w, PLAIN),
                new UnrolledDense(40, 2, 1).assemble("dense", PHI, w, PLAIN),
                new TwoLayer(50, 1).assemble("two-layer", PHI, w, PLAIN),
                new Lista(3, 0.05, Lista.Coupling.FREE).assemble("lista", PHI, identity, PLAIN),
                new Lista(3, 0.05, Lista.Coupling.COUPLED).assemble("lista-cpss", PHI, identity, PLAIN),
                new IstaNetPlus(SIDE, 6, 2, 1).assemble("ista-net", PHI, w, PLAIN));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void engine_everyArchitecture_givesTheReferencesSignal(TrainableNetwork untrained) {
        TreeSet<String> unused = new TreeSet<>(untrained.trainable());
        untrained.network().nodes().forEach(node -> node.inputs().stream().map(Value::name).forEach(unused::remove));
        assertTrue(unused.isEmpty(), () -> "no node uses " + unused);
        Random random = new Random(5);
        float[] y = new float[BATCH * M];
        for (int at = 0; at < y.length; at++) {
            y[at] = (float) random.nextGaussian();
        }
        List<double[]> expected = new ReferenceExecutor(untrained.network()).run(y, BATCH);
        float[][] actual = expected.stream().map(output -> new float[output.length]).toArray(float[][]::new);
        try (DeviceSession session = TestDevice.open();
                Engine engine = Engine.create(untrained.network(), session, BATCH)) {
            engine.run(y, BATCH, actual);
        }
        for (int output = 0; output < actual.length; output++) {
            double error = Closeness.relative(expected.get(output), actual[output]);
            assertTrue(error < 1e-5, untrained.network().name() + ": " + error + " of output " + output);
        }
    }
}
