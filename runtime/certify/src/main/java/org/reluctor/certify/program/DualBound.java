package org.reluctor.certify.program;

import java.util.Arrays;
import java.util.List;
import org.reluctor.certify.interval.Box;
import org.reluctor.certify.interval.Outward;

/**
 * The bound that multipliers prove (A. Neumaier and O. Shcherbina, "Safe bounds in linear and mixed-integer linear
 * programming", Math. Program. 99, 2004): for λ ≥ 0 every v of the box with Av ≤ r has
 * c·v ≤ λ·r + Σ max(gⱼlⱼ, gⱼhⱼ), g = c - Aᵀλ. Computed with outward rounding, so that it holds for any λ; whatever is
 * negative or not a number among them counts as zero.
 */
public final class DualBound {
    private DualBound() {
    }

    /** At least the largest objective·v. */
    public static double upper(Box box, List<LinearRow> rows, double[] objective, double[] multipliers) {
        double[] high = objective.clone();
        double[] low = objective.clone();
        double sum = 0;
        for (int row = 0; row < rows.size(); row++) {
            double lambda = row < multipliers.length ? multipliers[row] : 0;
            if (!(lambda > 0) || Double.isInfinite(lambda)) {
                continue;
            }
            LinearRow given = rows.get(row);
            sum = Outward.addUp(sum, Outward.mulUp(lambda, given.bound()));
            for (int at = 0; at < given.places().length; at++) {
                int place = given.places()[at];
                double coefficient = given.coefficients()[at];
                high[place] = Outward.addUp(high[place], Outward.mulUp(-lambda, coefficient));
                low[place] = Outward.addDown(low[place], Outward.mulDown(-lambda, coefficient));
            }
        }
        for (int at = 0; at < high.length; at++) {
            sum = Outward.addUp(sum, Math.max(Outward.productUp(high[at], box.low()[at], box.high()[at]),
                    Outward.productUp(low[at], box.low()[at], box.high()[at])));
        }
        return Double.isNaN(sum) ? Double.POSITIVE_INFINITY : sum;
    }

    /** As it is used: nothing negative, nothing that is not finite. */
    public static double[] clipped(double[] multipliers) {
        return Arrays.stream(multipliers).map(lambda -> lambda > 0 && Double.isFinite(lambda) ? lambda : 0).toArray();
    }
}
