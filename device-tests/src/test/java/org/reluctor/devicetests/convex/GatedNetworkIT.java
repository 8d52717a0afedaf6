package org.reluctor.devicetests.convex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reluctor.devicetests.Closeness;
import org.reluctor.devicetests.TestDevice;
import org.reluctor.devicetests.network.OnnxRuntimePartner;
import org.reluctor.engine.Engine;
import org.reluctor.learn.algebra.HostProducts;
import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.algebra.Products;
import org.reluctor.learn.algebra.Samples;
import org.reluctor.learn.convex.ConvexProgress;
import org.reluctor.learn.convex.GatedModel;
import org.reluctor.learn.convex.GatedOptions;
import org.reluctor.learn.convex.GatedTrainer;
import org.reluctor.learn.convex.GroupNorm;
import org.reluctor.learn.convex.PatternSampling;
import org.reluctor.learn.convex.RecoveryResidual;
import org.reluctor.learn.convex.SolverOptions;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.NetworkMetadata;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.network.ReferenceExecutor;
import org.reluctor.opencl.device.DeviceSession;

/**
 * A gated layer from convex training, gates as Relu(Sign(·)), on the device and in ONNX Runtime. A gate is a jump:
 * frames that lie within rounding of one may fall on either side in float32 and are left out.
 */
class GatedNetworkIT {
    private static final int N = 64;
    private static final int M = 24;
    private static final int FRAMES = 300;
    private static final double MARGIN = 1e-4;

    private final Products products = new HostProducts();
    private final Samples signals = bumps();
    private final RecoveryResidual task = RecoveryResidual.of(signals,
            MeasurementMatrix.sparseBinary(M, N, 4, 3), 0.01, 12, products);
    private final Samples measured = task.measure(signals, products);

    /** Two bumps of random place, width and height. */
    private static Samples bumps() {
        Random random = new Random(6);
        Samples signals = Samples.zero(FRAMES, N);
        for (int bump = 0; bump < 2 * FRAMES; bump++) {
            double place = N * random.nextDouble();
            double width = 1 + 5 * random.nextDouble();
            double height = random.nextGaussian();
            for (int at = 0; at < N; at++) {
                double distance = (at - place) / width;
                signals.values()[bump / 2 * N + at] += height * Math.exp(-distance * distance);
            }
        }
        return signals;
    }

    @ParameterizedTest
    @EnumSource(GroupNorm.class)
    void run_onTheDeviceAndInOnnxRuntime_equalsReference(GroupNorm norm) throws Exception {
        Samples inputs = task.inputs(measured, products);
        GatedOptions options = GatedOptions.of(norm, PatternSampling.gaussian(12, 2), 0.05,
                SolverOptions.toGap(1e-5, 20_000));
        GatedModel model = new GatedTrainer(products, options, ConvexProgress.SILENT).train(inputs,
                task.targets(signals, measured, products));
        RecoveryNetwork network = task.assemble("gated", model.network(),
                model.describe(NetworkMetadata.of(N, M, 1)));
        int[] clear = clearFrames(inputs, model.network().gates());
        assertTrue(clear.length > FRAMES * 0.9, clear.length + " frames");
        float[] y = rows(clear);
        List<double[]> expected = new ReferenceExecutor(network).run(y, clear.length);
        float[][] results = {new float[expected.get(0).length], new float[expected.get(1).length]};
        try (DeviceSession session = TestDevice.open();
                Engine engine = Engine.create(network, session, clear.length)) {
            engine.run(y, clear.length, results);
        }
        float[][] peers = new OnnxRuntimePartner().run(network, y, clear.length);
        assertEquals(results.length, peers.length);
        for (int output = 0; output < results.length; output++) {
            Closeness.assertClose("device, output " + output, expected.get(output), results[output]);
            Closeness.assertClose("ONNX Runtime, output " + output, expected.get(output), peers[output]);
        }
    }

    private static int[] clearFrames(Samples inputs, Matrix gates) {
        Samples decides = inputs.times(gates);
        return IntStream.range(0, FRAMES).filter(frame -> IntStream.range(0, gates.columns()).noneMatch(gate ->
                Math.abs(decides.values()[frame * gates.columns() + gate]) < MARGIN)).toArray();
    }

    private float[] rows(int... frames) {
        float[] rows = new float[frames.length * M];
        for (int at = 0; at < rows.length; at++) {
            rows[at] = (float) measured.values()[frames[at / M] * M + at % M];
        }
        return rows;
    }
}
