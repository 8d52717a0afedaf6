package org.reluctor.app.recovery;

import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.NetworkBuilder;
import org.reluctor.network.NetworkMetadata;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.network.Value;

/**
 * Extends a network by what tells whether its signal explains the measurements: y − Φx̃, computed on the device beside
 * the signal. x̃ is the estimate before the last data-consistency step, because behind that step the difference is zero
 * whatever came in; a network without that output is measured at its signal, and is blind where it ends in such a step.
 *
 * <p>With x = s·x̂ + o in the frames' unit and y divided by the input scale a, the difference in the network's unit is
 * y − (s/a)·Φx̃ − (o/a)·Φ1.
 */
public final class ResidualOutput {
    static final String NAME = "reluctor.residual";

    private ResidualOutput() {
    }

    /** What the gateway computes of a network: the network itself, and with Φ the residual beside it. */
    public static RecoveryNetwork computed(RecoveryNetwork network) {
        return network.matrix().isPresent() ? appendTo(network) : network;
    }

    /** The network with {@link #NAME} as its last output, [B, channels·m]; Φ must be there. */
    static RecoveryNetwork appendTo(RecoveryNetwork network) {
        MeasurementMatrix matrix = network.matrix().orElseThrow();
        NetworkMetadata metadata = network.metadata();
        int m = metadata.m();
        int channels = metadata.channels();
        NetworkBuilder builder = NetworkBuilder.from(network);
        Value estimate = builder.reshape(network.estimate().orElse(network.signal()), 0, channels, metadata.n());
        float[] transposed = matrix.toTransposedArray();
        double gain = metadata.outputScale() / metadata.inputScale();
        for (int i = 0; i < transposed.length; i++) {
            transposed[i] = (float) (gain * transposed[i]);
        }
        Value explained = builder.matMul(estimate, builder.constant(NAME + ".matrix", transposed, metadata.n(), m));
        if (metadata.outputOffset() != 0) {
            explained = builder.add(explained, builder.constant(NAME + ".offset", offset(matrix, metadata), m));
        }
        Value rest = builder.sub(builder.reshape(network.input(), 0, channels, m), explained);
        builder.output(builder.reshape(rest, 0, (long) channels * m), NAME);
        return builder.build();
    }

    /** (o/a)·Φ1: what a constant offset of the signal measures as. */
    private static float[] offset(MeasurementMatrix matrix, NetworkMetadata metadata) {
        float[] offset = new float[matrix.rows()];
        for (int row = 0; row < matrix.rows(); row++) {
            double sum = 0;
            for (int column = 0; column < matrix.columns(); column++) {
                sum += matrix.at(row, column);
            }
            offset[row] = (float) (metadata.outputOffset() / metadata.inputScale() * sum);
        }
        return offset;
    }
}
