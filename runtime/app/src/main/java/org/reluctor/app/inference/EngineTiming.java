package org.reluctor.app.inference;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.reluctor.engine.Engine;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.network.ReferenceExecutor;

/**
 * Times an engine on batches of one size and compares its result with the reference.
 *
 * @param batch    frames computed together
 * @param medianUs of one batch
 * @param p99Us    of one batch
 * @param errorL2  ‖x − x₆₄‖/‖x₆₄‖ over the batch, x₆₄ the float64 reference
 */
public record EngineTiming(int batch, double medianUs, double p99Us, double errorL2) {
    private static final int LEAST_RUNS = 20;
    private static final int MOST_RUNS = 1_000_000;
    private static final int MOST_COMPARED_FRAMES = 16;

    /**
     * Measures for about {@code seconds} after a warm-up of a fifth of that.
     *
     * @param engine of at least that batch
     */
    public static EngineTiming measure(Engine engine, int batch, double seconds) {
        RecoveryNetwork network = engine.network();
        int inputs = (int) network.input().shape().frameElements();
        int outputs = (int) network.signal().shape().frameElements();
        float[] y = measurements(network, inputs, batch);
        float[] x = new float[outputs * batch];
        run(engine, batch, seconds / 5, y, x);
        double[] micros = run(engine, batch, seconds, y, x);
        Arrays.sort(micros);
        return new EngineTiming(batch, quantile(micros, 0.5), quantile(micros, 0.99),
                error(network, y, x, inputs, outputs, Math.min(batch, MOST_COMPARED_FRAMES)));
    }

    /** Frames a second at the median. */
    public double framesPerSecond() {
        return batch * 1e6 / medianUs;
    }

    /** Billions of floating-point operations a second at the median, operations counted as if weights were dense. */
    public double gflops(Engine engine) {
        return engine.operationsPerFrame() * (double) batch / medianUs / 1e3;
    }

    /** Billions of bytes of weights read a second at the median. */
    public double gbytesPerSecond(Engine engine) {
        return engine.weightBytes() / medianUs / 1e3;
    }

    private static double[] run(Engine engine, int batch, double seconds, float[] y, float[] x) {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        double[] micros = new double[1024];
        int runs = 0;
        while ((System.nanoTime() < end || runs < LEAST_RUNS) && runs < MOST_RUNS) {
            long begin = System.nanoTime();
            engine.run(y, batch, x);
            if (runs == micros.length) {
                micros = Arrays.copyOf(micros, 2 * runs);
            }
            micros[runs++] = (System.nanoTime() - begin) / 1e3;
        }
        return Arrays.copyOf(micros, runs);
    }

    /** Measurements of smooth random signals where Φ is known, so that activations are as sparse as in the field. */
    private static float[] measurements(RecoveryNetwork network, int inputs, int batch) {
        SplittableRandom random = new SplittableRandom(1);
        float[] y = new float[inputs * batch];
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

    private static double error(RecoveryNetwork network, float[] y, float[] x, int inputs, int outputs, int frames) {
        double[] exactInput = new double[inputs * frames];
        for (int i = 0; i < exactInput.length; i++) {
            exactInput[i] = y[i];
        }
        double[] exact = new ReferenceExecutor(network).run(exactInput, frames).get(0);
        double difference = 0;
        double energy = 0;
        for (int i = 0; i < outputs * frames; i++) {
            difference += (x[i] - exact[i]) * (x[i] - exact[i]);
            energy += exact[i] * exact[i];
        }
        return energy == 0 ? Math.sqrt(difference) : Math.sqrt(difference / energy);
    }

    private static double quantile(double[] sorted, double q) {
        return sorted[(int) Math.min(sorted.length - 1L, Math.round(q * (sorted.length - 1)))];
    }
}
