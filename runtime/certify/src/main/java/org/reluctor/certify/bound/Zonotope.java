package org.reluctor.certify.bound;

import java.util.Arrays;
import org.reluctor.certify.interval.Box;
import org.reluctor.certify.interval.Outward;

/**
 * A set of vectors: centre + generators·ε + rest, every εⱼ from -1 to 1, every element's rest within its bound. What
 * elements share by way of the same ε is known to be shared.
 *
 * @param centre     of the set
 * @param generators row i holds element i's factors; null for zeros, and short rows go on with zeros. Float32: what
 *                   they are rounded by is small beside what they span, and they are most of the work
 * @param rest       most that each element may be off beside that, 0 or more
 */
record Zonotope(double[] centre, float[][] generators, double[] rest) {
    /** One ε for each coordinate of a box. */
    static Zonotope of(Box box) {
        int size = box.size();
        double[] centre = new double[size];
        float[][] generators = new float[size][];
        for (int at = 0; at < size; at++) {
            centre[at] = box.middle(at);
            generators[at] = new float[size];
            generators[at][at] = raised(Math.max(Outward.addUp(box.high()[at], -centre[at]),
                    Outward.addUp(centre[at], -box.low()[at])));
        }
        return new Zonotope(centre, generators, new double[size]);
    }

    /** The least float32 number that is not below a value. */
    static float raised(double value) {
        float near = (float) value;
        return near < value ? Math.nextUp(near) : near;
    }

    int size() {
        return centre.length;
    }

    /** At least how far an element may be from its centre. */
    double deviation(int at) {
        float[] row = generators[at];
        if (row == null) {
            return rest[at];
        }
        // Four sums, because an addition waits for the one before.
        double a = rest[at];
        double b = 0;
        double c = 0;
        double d = 0;
        int j = 0;
        for (; j + 4 <= row.length; j += 4) {
            a += Math.abs(row[j]);
            b += Math.abs(row[j + 1]);
            c += Math.abs(row[j + 2]);
            d += Math.abs(row[j + 3]);
        }
        for (; j < row.length; j++) {
            a += Math.abs(row[j]);
        }
        return Outward.sumUp(a + b + (c + d), row.length + 4);
    }

    /** At least how far each element may be from its centre. */
    double[] deviations() {
        double[] result = new double[size()];
        Arrays.setAll(result, this::deviation);
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
