package org.reluctor.learn.evaluation;

import java.util.Arrays;
import org.reluctor.learn.algebra.Samples;
import org.reluctor.learn.data.Channel;
import org.reluctor.learn.data.DataFormatException;
import org.reluctor.network.MeasurementMatrix;

/**
 * Recovers whole records window by window. The windows follow one another; where the record's length is no multiple of
 * n, a last one is aligned to its end, and only its samples behind the others count. Windows with a sample that was not
 * valid are left out. One thread at a time.
 */
public final class RecordEvaluation {
    private final MeasurementMatrix matrix;
    private final Estimator estimator;
    private final Condition condition;
    private final long seed;

    /**
     * @param matrix    Φ, m×n
     * @param estimator of windows of n samples
     * @param condition of the measurements
     * @param seed      of noise
     */
    public RecordEvaluation(MeasurementMatrix matrix, Estimator estimator, Condition condition, long seed) {
        this.matrix = matrix;
        this.estimator = estimator;
        this.condition = condition;
        this.seed = seed;
    }

    /**
     * Measures and recovers one channel.
     *
     * @param name of the record, for reports
     * @throws DataFormatException if it has no window of valid samples
     */
    public RecoveredSignal recover(String name, Channel channel) {
        int n = matrix.columns();
        int[] starts = starts(channel, n);
        if (starts.length == 0) {
            throw new DataFormatException("record " + name + " has " + channel.samples().length
                    + " samples and no window of " + n + " valid ones; the network needs them");
        }
        Samples windows = Samples.zero(starts.length, n);
        for (int at = 0; at < windows.values().length; at++) {
            windows.values()[at] = channel.value(starts[at / n] + at % n);
        }
        float[] y = new Sensor(matrix, condition, seed).measure(windows, name);
        float[] x = estimator.recover(y, starts.length);
        double[] truth = new double[channel.samples().length];
        Arrays.setAll(truth, channel::value);
        return new RecoveredSignal(name, n, starts, truth, joined(starts, n, x, truth.length));
    }

    private static int[] starts(Channel channel, int n) {
        int length = channel.samples().length;
        int[] starts = new int[length / n + 1];
        int count = 0;
        int start = 0;
        while (start < length && length >= n) {
            int aligned = Math.min(start, length - n);
            if (isValid(channel, aligned, n)) {
                starts[count++] = aligned;
            }
            start += n;
        }
        return Arrays.copyOf(starts, count);
    }

    private static boolean isValid(Channel channel, int start, int n) {
        for (int at = start; at < start + n; at++) {
            if (!channel.isValid(at)) {
                return false;
            }
        }
        return true;
    }

    private static double[] joined(int[] starts, int n, float[] x, int length) {
        double[] recovered = new double[length];
        Arrays.fill(recovered, Double.NaN);
        // From behind, so that where windows overlap the first one holds.
        for (int window = starts.length - 1; window >= 0; window--) {
            for (int at = 0; at < n; at++) {
                recovered[starts[window] + at] = x[window * n + at];
            }
        }
        return recovered;
    }
}
