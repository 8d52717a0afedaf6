package org.reluctor.certify.bound;

import java.util.Arrays;
import org.reluctor.certify.interval.Box;
import org.reluctor.certify.interval.Outward;

/**
 * A set of vectors: centre + generators·ε + rest, every εⱼ from -1 to 1, every element's rest within its bound. What
 * elements share by way of the same ε is known to be shared.
 *
 * @param centre     of the set
 * @param generators row i holds element i's factors; null for zeros, and short rows go on with zeros
 * @param rest       most that each element may be off beside that, 0 or more
 */
record Zonotope(double[] centre, double[][] generators, double[] rest) {
    /** One ε for each coordinate of a box. */
    static Zonotope of(Box box) {
        int size = box.size();
        double[] centre = new double[size];
        double[][] generators = new double[size][];
        for (int at = 0; at < size; at++) {
            centre[at] = box.middle(at);
            generators[at] = new double[size];
            generators[at][at] = Math.max(Outward.addUp(box.high()[at], -centre[at]),
                    Outward.addUp(centre[at], -box.low()[at]));
        }
        return new Zonotope(centre, generators, new double[size]);
    }

    int size() {
        return centre.length;
    }

    /** At least how far an element may be from its centre. */
    double deviation(int at) {
        double[] row = generators[at];
        if (row == null) {
            return rest[at];
        }
        double sum = rest[at];
        for (double factor : row) {
            sum += Math.abs(factor);
        }
        return Outward.sumUp(sum, row.length + 1);
    }

    /** At least how far each element may be from its centre. */
    double[] deviations() {
        double[] result = new double[size()];
        Arrays.setAll(result, this::deviation);
        return result;
    }

    /** At least the largest absolute values of all elements. */
    double[] magnitudes() {
        double[] result = new double[size()];
        for (int at = 0; at < result.length; at++) {
            result[at] = Outward.addUp(Math.abs(centre[at]), deviation(at));
        }
        return result;
    }

    /** The least box around it. */
    Box box() {
        double[] low = new double[size()];
        double[] high = new double[size()];
        for (int at = 0; at < low.length; at++) {
            double deviation = deviation(at);
            low[at] = Outward.addDown(centre[at], -deviation);
            high[at] = Outward.addUp(centre[at], deviation);
        }
        return new Box(low, high);
    }
}
