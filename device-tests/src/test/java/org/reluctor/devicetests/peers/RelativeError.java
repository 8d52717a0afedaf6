package org.reluctor.devicetests.peers;

import java.util.function.IntUnaryOperator;
import org.reluctor.devicetests.Closeness;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.network.ReferenceExecutor;

/**
 * How far float32 signals are from those of the float64 reference, ‖x − x₆₄‖/‖x₆₄‖ over some frames of the batch, the
 * first and the last among them: the reference is slow.
 */
final class RelativeError {
    private static final double OPERATIONS = 4e9;
    private static final int MOST_FRAMES = 8;

    private final IntUnaryOperator frames;
    private final int compared;
    private final double[] exact;

    private RelativeError(IntUnaryOperator frames, int compared, double[] exact) {
        this.frames = frames;
        this.compared = compared;
        this.exact = exact;
    }

    /** Computes the reference for a batch. */
    static RelativeError against(RecoveryNetwork network, float[] y, int batch, double operationsPerFrame) {
        int compared = (int) Math.max(Math.min(2, batch),
                Math.min(Math.min(MOST_FRAMES, batch), OPERATIONS / operationsPerFrame));
        IntUnaryOperator frames = i -> compared == 1 ? 0 : i * (batch - 1) / (compared - 1);
        int inputs = y.length / batch;
        double[] chosen = new double[inputs * compared];
        for (int i = 0; i < chosen.length; i++) {
            chosen[i] = y[frames.applyAsInt(i / inputs) * inputs + i % inputs];
        }
        return new RelativeError(frames, compared, new ReferenceExecutor(network).run(chosen, compared).get(0));
    }

    /** Of a batch's signals; NaN where any of them is. */
    double of(float[] x) {
        int outputs = exact.length / compared;
        float[] chosen = new float[exact.length];
        for (int i = 0; i < compared; i++) {
            System.arraycopy(x, frames.applyAsInt(i) * outputs, chosen, i * outputs, outputs);
        }
        return Closeness.relative(exact, chosen);
    }
}
