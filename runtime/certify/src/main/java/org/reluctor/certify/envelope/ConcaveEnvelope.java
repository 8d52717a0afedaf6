package org.reluctor.certify.envelope;

/**
 * The concave envelope of σ(w·x + b) on a box at one point, with a supporting hyperplane: arXiv 2410.23362, Theorem 1,
 * for every activation of the package, in the unrolled form. With t_k the corners of the walk, q_k the sorted positions
 * and m_k the means, the envelope is Σ_(j&lt;k) (q_j - q_(j+1)) σ(t_j) + q_k·E, with k the first level at which the tie
 * point of [t_k, t_n] is reached by m_(k+1); E is σ(m_k) in the theorem's region R_f and the secant's value in R_l. m_k
 * never falls and the tie points never rise with k, so that the level is found by bisection.
 *
 * <p>Values and hyperplanes are rounded to nearest; {@link Separation} makes sound cuts of them.
 */
public final class ConcaveEnvelope {
    private ConcaveEnvelope() {
    }

    /**
     * The supporting hyperplane at a point; its value there is the envelope's. One of several where positions tie.
     *
     * @param point within the neuron's box
     */
    public static Hyperplane support(Curve activation, AffineNeuron neuron, double[] point) {
        CornerWalk walk = new CornerWalk(neuron, point);
        if (walk.size() == 0) {
            return new Hyperplane(new double[neuron.size()], activation.value(walk.end()));
        }
        int level = level(activation, walk);
        double tie = TiePoint.of(activation, walk.corner(level), walk.end());
        double mean = walk.mean(level);
        double[] values = new double[level + 1];
        for (int j = 0; j < level; j++) {
            values[j] = activation.value(walk.corner(j));
        }
        double from = walk.corner(level);
        double slope;
        if (mean >= tie && tie < walk.end()) {
            slope = activation.slope(mean);
            values[level] = activation.value(mean) - slope * (mean - from);
        } else {
            // Where the secant spans everything it supports the far end, too, which the function's own slope may not.
            slope = tie > from ? (activation.value(tie) - activation.value(from)) / (tie - from) : 0;
            values[level] = activation.value(from);
        }
        return walk.through(values, slope);
    }

    private static int level(Curve activation, CornerWalk walk) {
        int low = 0;
        int high = walk.size() - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            double tie = TiePoint.of(activation, walk.corner(middle), walk.end());
            if (walk.mean(middle + 1) >= tie) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
