package org.reluctor.devicetests.certify;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.reluctor.app.json.JsonText;
import org.reluctor.certify.interval.Box;

/**
 * A line of the table: one layer of one network. Shares are of the gap between CROWN's bound and what is reached,
 * closed by a method: the mean over all upper and lower bounds that leave a gap. Changes are those of the
 * pre-activation bounds by cuts, against the triangle's bounds, in per cent of their magnitude, as arXiv 2410.23362
 * reports them.
 *
 * @param network  its name
 * @param layer    counted from 1, the output last
 * @param bounds   that leave a gap
 * @param gap      median of CROWN's gaps, in per cent of what is reached between least and largest
 * @param slopes   share closed by searched slopes
 * @param triangle by the triangle program
 * @param cuts     by slopes and programs with cuts
 * @param lower    change of lower bounds
 * @param upper    change of upper bounds
 */
record GapRow(String network, int layer, int bounds, double gap, double slopes, double triangle, double cuts,
        double lower, double upper) {
    private static final double LEAST_GAP = 1e-6;

    static final String HEAD = String.format(Locale.ROOT, "%-24s %5s %7s %9s %9s %9s %9s %9s %9s", "network",
            "layer", "bounds", "gap %", "slopes %", "triangle%", "cuts %", "lower %", "upper %");

    /** The row of boxes in the order of the methods. */
    static GapRow of(String network, int layer, Box reached, Box... boxes) {
        int size = reached.size();
        double[] shares = new double[boxes.length];
        double[] changes = new double[2];
        double[] gaps = new double[2 * size];
        int count = 0;
        for (int at = 0; at < 2 * size; at++) {
            boolean high = at < size;
            double crown = bound(boxes[0], at % size, high);
            double gap = crown - bound(reached, at % size, high);
            double triangle = bound(boxes[GapCase.Method.TRIANGLE.ordinal()], at % size, high);
            double cuts = bound(boxes[GapCase.Method.CUTS.ordinal()], at % size, high);
            changes[high ? 1 : 0] += 100 * (triangle - cuts) / Math.max(Math.abs(triangle), LEAST_GAP) / size;
            if (gap > LEAST_GAP * (1 + Math.abs(crown))) {
                gaps[count++] = 100 * gap / Math.max(reached.width(at % size), LEAST_GAP);
                for (int method = 0; method < boxes.length; method++) {
                    shares[method] += 100 * (crown - bound(boxes[method], at % size, high)) / gap;
                }
            }
        }
        double each = count == 0 ? Double.NaN : 1.0 / count;
        Arrays.sort(gaps, 0, count);
        return new GapRow(network, layer, count, count == 0 ? 0 : gaps[count / 2], each * shares[1], each * shares[2],
                each * shares[3], changes[0], changes[1]);
    }

    /** The upper bound, or the lower one with its sign changed: less is better for both. */
    private static double bound(Box box, int at, boolean high) {
        return high ? box.high()[at] : -box.low()[at];
    }

    /** Whether it is of a network that was bounded by programs, too. */
    boolean isSmall() {
        return !Double.isNaN(triangle);
    }

    String text() {
        return String.format(Locale.ROOT, "%-24s %5d %7d %9.1f %9.1f %9.1f %9.1f %9.1f %9.1f", network, layer, bounds,
                gap, slopes, triangle, cuts, lower, upper);
    }

    Map<String, Object> json() {
        return JsonText.map("network", network, "layer", layer, "bounds", bounds, "gap", gap, "slopesShare", slopes,
                "triangleShare", triangle, "cutsShare", cuts, "lowerChange", lower, "upperChange", upper);
    }
}
