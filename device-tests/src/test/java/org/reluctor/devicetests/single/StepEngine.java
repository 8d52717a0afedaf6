package org.reluctor.devicetests.single;

import java.nio.file.Path;
import java.util.Random;
import java.util.function.BiFunction;
import org.reluctor.devicetests.TestDevice;
import org.reluctor.engine.Engine;
import org.reluctor.network.NetworkBuilder;
import org.reluctor.network.Value;
import org.reluctor.opencl.device.DeviceSession;
import org.reluctor.opencl.operation.WeightFormat;
import org.reluctor.opencl.tuning.LaunchParameters;

/** A network of one or a few steps with a batch of random frames, on the device. */
final class StepEngine implements AutoCloseable {
    private static final Path KERNELS = Path.of("target", "kernel-cache");
    private static final int SEED = 1;

    private final DeviceSession session;
    private final Engine engine;
    private final int batch;
    private final float[] y;
    private final float[] x;

    /**
     * Opens the device.
     *
     * @param features elements of a frame
     * @param step     what is computed of them; also handed a source of weights
     */
    StepEngine(int features, int batch, WeightFormat weights, BiFunction<NetworkBuilder, Value, Value> step) {
        NetworkBuilder builder = new NetworkBuilder("step");
        builder.output(step.apply(builder, builder.input("y", features)), "x");
        var network = builder.build();
        this.batch = batch;
        this.y = random(features * batch);
        this.x = new float[Math.toIntExact(network.signal().shape().elements(batch))];
        this.session = TestDevice.open(KERNELS);
        this.engine = Engine.create(network, session,
                LaunchParameters.of(session.device()).withWeights(weights), batch);
    }

    /** From −1 to 1, the same at every call. */
    static float[] random(int length) {
        Random random = new Random(SEED);
        float[] elements = new float[length];
        for (int i = 0; i < length; i++) {
            elements[i] = 2 * random.nextFloat() - 1;
        }
        return elements;
    }

    float[] run() {
        engine.run(y, batch, x);
        return x;
    }

    @Override
    public void close() {
        engine.close();
        session.close();
    }
}
