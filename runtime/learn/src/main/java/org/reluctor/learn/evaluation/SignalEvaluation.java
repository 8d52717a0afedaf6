package org.reluctor.learn.evaluation;

import java.util.stream.IntStream;
import org.reluctor.learn.data.Windows;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.NetworkMetadata;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.network.ReferenceExecutor;

/**
 * Measures a network's recovery of recorded signals: windows are measured by its Φ as a sensor would, recovered by the
 * reference executor in float64, and compared. May be shared between threads.
 */
public final class SignalEvaluation {
    private static final int BATCH = 64;

    private final NetworkMetadata metadata;
    private final MeasurementMatrix measurement;
    private final ReferenceExecutor executor;

    /**
     * @throws IllegalArgumentException if the network carries no Φ, or has more than one channel
     */
    public SignalEvaluation(RecoveryNetwork network) {
        metadata = network.metadata();
        measurement = network.matrix().orElseThrow(() -> new IllegalArgumentException("the network " + network.name()
                + " carries no measurement matrix; without one nothing can be measured"));
        if (metadata.channels() != 1) {
            throw new IllegalArgumentException("the network " + network.name() + " has " + metadata.channels()
                    + " channels; 1 is evaluated");
        }
        executor = new ReferenceExecutor(network);
    }

    /** The figures of one record. */
    public RecordFigures evaluate(Windows record) {
        if (record.length() != metadata.n()) {
            throw new IllegalArgumentException("windows of " + record.length() + " samples for a network of n = "
                    + metadata.n());
        }
        double[] samples = record.samples();
        double[] recovered = recover(record);
        return RecordFigures.of(record.name(), record.count(), samples, recovered);
    }

    /** All windows measured and recovered, row-major [count, n]. */
    public double[] recover(Windows record) {
        double[] recovered = new double[record.samples().length];
        IntStream.range(0, (record.count() + BATCH - 1) / BATCH).parallel().forEach(batch -> {
            int first = batch * BATCH;
            recover(record, first, Math.min(BATCH, record.count() - first), recovered);
        });
        return recovered;
    }

    private void recover(Windows record, int first, int count, double[] recovered) {
        int n = metadata.n();
        int m = metadata.m();
        float[] x = new float[n];
        float[] y = new float[m];
        double[] input = new double[count * m];
        for (int window = 0; window < count; window++) {
            for (int at = 0; at < n; at++) {
                x[at] = (float) record.samples()[(first + window) * n + at];
            }
            measurement.measure(x, 0, y, 0);
            for (int at = 0; at < m; at++) {
                input[window * m + at] = y[at] / metadata.inputScale();
            }
        }
        double[] output = executor.run(input, count).get(0);
        for (int at = 0; at < output.length; at++) {
            recovered[first * n + at] = output[at] * metadata.outputScale() + metadata.outputOffset();
        }
    }
}
