package org.reluctor.app.inference;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.reluctor.engine.Engine;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.network.ReferenceExecutor;

/** Frames that an engine computes, to compare its result with the reference. One thread. */
public final class ComparedBatch {
    private static final int MOST_COMPARED_FRAMES = 16;

    private final Engine engine;
    private final int batch;
    private final float[] y;
    private final float[] x;

    /**
     * Frames for that engine.
     *
     * @param batch how many, at most as many as it takes
     */
    public ComparedBatch(Engine engine, int batch) {
        RecoveryNetwork network = engine.network();
        this.engine = engine;
        this.batch = batch;
        this.y = measurements(network, batch);
        this.x = new float[(int) network.signal().shape().frameElements() * batch];
    }

    /** Computes them. */
    public void run() {
        engine.run(y, batch, x);
    }

    /**
     * Measurements of smooth random signals where Φ is known, so that activations are as sparse as in the field; always
     * the same for a network. As it takes them: divided by its input scale.
     */
    public static float[] measurements(RecoveryNetwork network, int batch) {
        SplittableRandom random = new SplittableRandom(1);
        float[] y = new float[(int) network.input().shape().frameElements() * batch];
        if (network.matrix().isEmpty()) {
            for (int i = 0; i < y.length; i++) {
                y[i] = (float) (2 * random.nextDouble() - 1);
            }
            return y;
        }
        var matrix = network.matrix().get();
        float[] signal = new float[matrix.columns()];
        for (int at = 0; at + matrix.rows() <= y.length; at += matrix.rows()) {
            double phase = random.nextDouble();
            for (int i = 0; i < signal.length; i++) {
                double t = (double) i / signal.length + phase;
                signal[i] = (float) (Math.sin(12.6 * t) + Math.exp(-500 * Math.pow(t % 0.5 - 0.2, 2)));
            }
            matrix.measure(signal, 0, y, at);
        }
        double scale = network.metadata().inputScale();
        for (int i = 0; i < y.length; i++) {
            y[i] = (float) (y[i] / scale);
        }
        return y;
    }

    /** ‖x − x₆₄‖/‖x₆₄‖ of the last {@link #run}, over at most 16 frames; x₆₄ is the float64 reference. */
    public double error() {
        int frames = Math.min(batch, MOST_COMPARED_FRAMES);
        float[] compared = Arrays.copyOf(y, y.length / batch * frames);
        double[] exact = new ReferenceExecutor(engine.network()).run(compared, frames).get(0);
        double difference = 0;
        double energy = 0;
        for (int i = 0; i < exact.length; i++) {
            difference += (x[i] - exact[i]) * (x[i] - exact[i]);
            energy += exact[i] * exact[i];
        }
        return energy == 0 ? Math.sqrt(difference) : Math.sqrt(difference / energy);
    }
}
