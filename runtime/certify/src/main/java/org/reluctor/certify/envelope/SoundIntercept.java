package org.reluctor.certify.envelope;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.reluctor.certify.interval.Outward;

/**
 * The intercept that makes α·x + β a bound of σ(w·x + b) on the whole box, whatever the coefficients are: rounded,
 * learned, or altered. In exact arithmetic the smallest such β; here rounded outward.
 *
 * <p>For every interval [s, t] of the pre-activation z = w·x + b and every number r,
 * σ(z) - α·x ≤ max over [s, t] of (σ(z) - r·z) + max over the box of (r·(w·x + b) - α·x). The second maximum is
 * separable, the first is the activation's own. So any intervals that cover the range of z and any r are sound; they
 * are tight where the intervals are the pieces of the continuous knapsack min {α·x : w·x + b = z} and r its slopes
 * (linear programming duality). For ReLU, max(z·below, z), two slopes suffice.
 */
public final class SoundIntercept {
    private final AffineNeuron neuron;
    private final double[] coefficients;

    private SoundIntercept(AffineNeuron neuron, double[] coefficients) {
        this.neuron = neuron;
        this.coefficients = coefficients;
    }

    /**
     * The least β found for which σ(w·x + b) ≤ α·x + β on the box; O(n) for one kink, O(n log n) for a soft threshold,
     * else O(n²).
     */
    public static double upper(Univariate activation, AffineNeuron neuron, double[] coefficients) {
        SoundIntercept search = new SoundIntercept(neuron, coefficients);
        if (activation instanceof SoftShrinkage shrinkage) {
            return search.overShrinkage(shrinkage.threshold());
        }
        return activation instanceof PiecewiseLinear line
                ? Math.max(search.rest(line.below()), search.rest(1)) : search.overPieces(activation);
    }

    /** The largest β found for which σ(w·x + b) ≥ α·x + β on the box. */
    public static double lower(Univariate activation, AffineNeuron neuron, double[] coefficients) {
        double[] negative = Arrays.stream(coefficients).map(value -> -value).toArray();
        return -upper(activation.reflected(), neuron.negated(), negative);
    }

    /** At least the largest slope·(w·x + b) - α·x on the box: what rounding of α = slope·w costs, and the bias. */
    public static double linear(double slope, AffineNeuron neuron, double[] coefficients) {
        return new SoundIntercept(neuron, coefficients).rest(slope);
    }

    /** At least the largest r·(w·x + b) - α·x on the box. */
    private double rest(double r) {
        double sum = Outward.mulUp(r, neuron.bias());
        double[] low = neuron.box().low();
        double[] high = neuron.box().high();
        for (int at = 0; at < coefficients.length; at++) {
            double most = Outward.addUp(Outward.mulUp(r, neuron.weights()[at]), -coefficients[at]);
            double least = Outward.addDown(Outward.mulDown(r, neuron.weights()[at]), -coefficients[at]);
            sum = Outward.addUp(sum, Math.max(Outward.productUp(most, low[at], high[at]),
                    Outward.productUp(least, low[at], high[at])));
        }
        return sum;
    }

    /**
     * The soft threshold is max(z - t, min(z + t, 0)): the first is linear, and of the second, which is concave,
     * r·(z + t) with the best r from 0 to 1 has the same maximum. The best is the knapsack's slope at z = -t; any is
     * sound.
     */
    private double overShrinkage(double threshold) {
        double r = neuron.atStart() >= -threshold ? 0 : 1;
        double near = neuron.atStart();
        for (int at : r == 0 ? new int[0] : byRatio()) {
            near += neuron.rise(at);
            if (near >= -threshold) {
                r = Math.min(1, Math.max(0, ratio(at)));
                break;
            }
        }
        return Math.max(Outward.addUp(rest(1), -threshold), Outward.addUp(rest(r), Outward.mulUp(r, threshold)));
    }

    private double overPieces(Univariate activation) {
        int[] order = byRatio();
        double end = neuron.most();
        double from = neuron.least();
        double near = neuron.atStart();
        double most = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < order.length; k++) {
            near += neuron.rise(order[k]);
            // Rounded corners may lie anywhere, as long as the pieces cover everything.
            double to = k == order.length - 1 ? end : Math.min(end, Math.max(from, near));
            double ratio = ratio(order[k]);
            most = Math.max(most, Outward.addUp(activation.mostOver(ratio, from, to), rest(ratio)));
            from = to;
        }
        return order.length > 0 ? most : Outward.addUp(activation.mostOver(0, from, end), rest(0));
    }

    private double ratio(int at) {
        return coefficients[at] / neuron.weights()[at];
    }

    private int[] byRatio() {
        return IntStream.range(0, coefficients.length).filter(at -> neuron.rise(at) > 0 && Double.isFinite(ratio(at)))
                .boxed().sorted(Comparator.comparingDouble(this::ratio).thenComparing(at -> at))
                .mapToInt(Integer::intValue).toArray();
    }
}
