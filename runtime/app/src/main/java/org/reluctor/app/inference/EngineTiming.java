package org.reluctor.app.inference;

import java.util.Arrays;
import org.reluctor.engine.Engine;

/**
 * Times an engine on batches of one size and compares its result with the reference.
 *
 * @param batch    frames computed together
 * @param medianUs of one batch
 * @param p99Us    of one batch
 * @param errorL2  of the result, see {@link ComparedBatch#error}
 */
public record EngineTiming(int batch, double medianUs, double p99Us, double errorL2) {
    private static final int LEAST_RUNS = 20;
    private static final int MOST_RUNS = 1_000_000;

    /**
     * Measures for about {@code seconds} after a warm-up of a fifth of that.
     *
     * @param engine of at least that batch
     */
    public static EngineTiming measure(Engine engine, int batch, double seconds) {
        ComparedBatch frames = new ComparedBatch(engine, batch);
        run(frames, seconds / 5);
        double[] micros = run(frames, seconds);
        Arrays.sort(micros);
        return new EngineTiming(batch, quantile(micros, 0.5), quantile(micros, 0.99), frames.error());
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

    private static double[] run(ComparedBatch frames, double seconds) {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        double[] micros = new double[1024];
        int runs = 0;
        while ((System.nanoTime() < end || runs < LEAST_RUNS) && runs < MOST_RUNS) {
            long begin = System.nanoTime();
            frames.run();
            if (runs == micros.length) {
                micros = Arrays.copyOf(micros, 2 * runs);
            }
            micros[runs++] = (System.nanoTime() - begin) / 1e3;
        }
        return Arrays.copyOf(micros, runs);
    }

    private static double quantile(double[] sorted, double q) {
        return sorted[(int) Math.min(sorted.length - 1L, Math.round(q * (sorted.length - 1)))];
    }
}
