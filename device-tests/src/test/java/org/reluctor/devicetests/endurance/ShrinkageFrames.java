package org.reluctor.devicetests.endurance;

import java.util.Random;
import org.reluctor.devicetests.Closeness;
import org.reluctor.network.NetworkBuilder;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.network.ReferenceExecutor;
import org.reluctor.network.Value;

/**
 * A LISTA network of 256 samples from 64 measurements in eight iterations, and frames of which it is known from the
 * float64 reference what comes out. Frames repeat; they are all different, so that a result that was left over from the
 * frame before is seen.
 */
final class ShrinkageFrames {
    static final int MEASUREMENTS = 64;
    static final int SAMPLES = 256;
    private static final int ITERATIONS = 8;
    private static final double MOST_ERROR = 5e-6;

    private final RecoveryNetwork network;
    private final int count;
    private final float[] y;
    private final double[] exact;

    /** With so many different frames. */
    ShrinkageFrames(int count) {
        Random random = new Random(256);
        this.network = network(random);
        this.count = count;
        this.y = new float[count * MEASUREMENTS];
        double[] wide = new double[y.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = 2 * random.nextFloat() - 1;
            wide[i] = y[i];
        }
        this.exact = new ReferenceExecutor(network).run(wide, count).get(0);
    }

    private static RecoveryNetwork network(Random random) {
        NetworkBuilder builder = new NetworkBuilder("lista-256");
        Value measured = builder.input("y", MEASUREMENTS);
        Value x = soft(builder, builder.matMul(measured, weights(builder, random, "B0", MEASUREMENTS)));
        for (int i = 1; i <= ITERATIONS; i++) {
            x = soft(builder, builder.add(builder.matMul(x, weights(builder, random, "W" + i, SAMPLES)),
                    builder.matMul(measured, weights(builder, random, "B" + i, MEASUREMENTS))));
        }
        builder.output(x, "x");
        return builder.build();
    }

    private static Value soft(NetworkBuilder builder, Value v) {
        Value threshold = builder.constant(builder.unusedName("t"), new float[] {0.01f}, 1);
        return builder.sub(builder.relu(builder.sub(v, threshold)),
                builder.relu(builder.sub(builder.neg(v), threshold)));
    }

    /** Such that activations stay about as large as they are. */
    private static Value weights(NetworkBuilder builder, Random random, String name, int inputs) {
        float[] elements = new float[inputs * SAMPLES];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = (float) (random.nextGaussian() * Math.sqrt(0.5 / inputs));
        }
        return builder.constant(name, elements, inputs, SAMPLES);
    }

    RecoveryNetwork network() {
        return network;
    }

    int count() {
        return count;
    }

    /** Puts frames from that place on into a batch. */
    void fill(float[] batch, int from, int frames) {
        for (int frame = 0; frame < frames; frame++) {
            System.arraycopy(y, (from + frame) % count * MEASUREMENTS, batch, frame * MEASUREMENTS, MEASUREMENTS);
        }
    }

    /** How many of these signals are not what the reference says. */
    int wrong(float[] x, int from, int frames) {
        int wrong = 0;
        for (int frame = 0; frame < frames; frame++) {
            wrong += Closeness.relative(exact, (from + frame) % count * SAMPLES, x, frame * SAMPLES, SAMPLES)
                    <= MOST_ERROR ? 0 : 1;
        }
        return wrong;
    }
}
