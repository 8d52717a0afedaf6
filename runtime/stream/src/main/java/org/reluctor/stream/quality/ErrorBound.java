package org.reluctor.stream.quality;

import java.util.Arrays;
import org.reluctor.stream.codec.Frame;

/**
 * Bounds how far a recovered signal is from the true one, by cross-validation (R. Ward, "Compressed sensing with cross
 * validation", IEEE Transactions on Information Theory 55, 2009, arXiv 0803.1845): measurements y_h = A·x that the
 * network never saw tell ‖A(x − x̂)‖ = ‖y_h − A·x̂‖, and random rows keep lengths.
 *
 * <p>Where Ward has the Johnson–Lindenstrauss lemma, whose constants are wide, this takes the distribution itself: for
 * r rows of independent entries of mean 0 and variance 1 that are drawn independently of x − x̂,
 * ‖A(x − x̂)‖² / ‖x − x̂‖² is distributed as χ²_r, exactly for Gaussian entries and nearly for those of
 * {@link HeldOutRows}. So, with q the 5 % quantile of χ²_r,
 *
 * <pre>
 *   ‖x − x̂‖₂ ≤ ‖y_h − A·x̂‖₂ / √q     in 95 % of frames,
 * </pre>
 *
 * <p>whatever the signal and however wrong the network. On average the bound is √(r/q) of the error: 1.4 times with
 * 16 rows, 1.2 with 64, 2.1 with 5. What the sensor adds to y_h, such as its rounding, makes it larger. Several
 * channels are measured by the same rows; their squares are added, and r stays that of one channel, because channels
 * may err alike.
 *
 * <p>Confined to one thread at a time. Allocates only where a frame has more held-out measurements than any before.
 */
public final class ErrorBound {
    private static final double UNSURE = 0.05;
    private static final float[] NOTHING = {};

    private final HeldOutRows rows = new HeldOutRows(0, 0, 0);
    private float[] sent = NOTHING;
    private float[] expected = NOTHING;
    /** 5 % quantiles by degrees of freedom; 0 where not asked for yet. */
    private double[] quantiles = new double[1];

    /** For any number of frames. */
    public ErrorBound() {
        // Grows with what frames carry.
    }

    /**
     * The bound of ‖x − x̂‖₂ over all channels, in the unit of x.
     *
     * @param frame a good frame, its measurements not yet forgotten
     * @param x     the recovered signal, [channels][n], from index {@code at}
     * @return NaN where the frame has no held-out measurements, or numbers so large that the bound would be infinite
     */
    public float of(Frame frame, float[] x, int at) {
        int count = frame.heldOutRows();
        if (count == 0) {
            return Float.NaN;
        }
        reserve(frame.heldOutCount(), count);
        frame.heldOut(sent, 0);
        for (int channel = 0; channel < frame.channels(); channel++) {
            rows.begin(frame.heldOutSeed(), frame.boot(), frame.seq());
            rows.measure(x, at + channel * frame.n(), frame.n(), expected, channel * count, count);
        }
        float bound = (float) Math.sqrt(squares(frame.heldOutCount()) / quantile(count));
        return Float.isFinite(bound) ? bound : Float.NaN;
    }

    private double squares(int count) {
        double squares = 0;
        for (int i = 0; i < count; i++) {
            double difference = (double) sent[i] - expected[i];
            squares += difference * difference;
        }
        return squares;
    }

    private double quantile(int degrees) {
        if (quantiles[degrees] == 0) {
            quantiles[degrees] = ChiSquared.quantile(degrees, UNSURE);
        }
        return quantiles[degrees];
    }

    private void reserve(int measurements, int degrees) {
        if (sent.length < measurements) {
            sent = new float[measurements];
            expected = new float[measurements];
        }
        if (quantiles.length <= degrees) {
            quantiles = Arrays.copyOf(quantiles, degrees + 1);
        }
    }
}
