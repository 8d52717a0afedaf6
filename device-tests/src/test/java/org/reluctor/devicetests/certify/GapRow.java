package org.reluctor.devicetests.certify;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.reluctor.app.json.JsonText;
import org.reluctor.certify.interval.Box;

/**
 * A line of the table: one layer of one network. Shares are of the gap between CROWN's bound and what is reached,
 * closed by a method: the mean over all upper and lower bounds that leave a gap. Changes are those of the
 * pre-activation bounds by cuts, in per cent of the magnitude of what they are compared to: the triangle's bounds, as
 * arXiv 2410.23362 reports them, or slopes', and of shipped networks slopes' as often searched as cuts', too.
 *
 * @param network  its name
 * @param layer    counted from 1, the output last
 * @param bounds   that leave a gap
 * @param gap      median of CROWN's gaps, in per cent of what is reached between least and largest
 * @param slopes   share closed by searched slopes
 * @param again    by slopes in as many passes and steps as cuts, in at most their time; not-a-number where cuts are
 *                 those of programs, whose control is the triangle
 * @param triangle by the triangle program
 * @param cuts     by slopes and programs with cuts
 * @param change   of lower and upper bounds by cuts, against the triangle's or else slopes'
 * @param beyond   the same against slopes as often; not-a-number where there are none
 */
record GapRow(String network, int layer, int bounds, double gap, double slopes, double again, double triangle,
        double cuts, Change change, Change beyond) {
    private static final double LEAST_GAP = 1e-6;

    static final String HEAD = String.format(Locale.ROOT, "%-18s %5s %6s %8s %8s %9s %9s %7s %8s %8s %9s %9s",
            "network", "layer", "bounds", "gap %", "slopes %", "as often%", "triangle%", "cuts %", "lower %", "upper %",
            "beyond lo", "beyond up");

    /**
     * By how much cuts move bounds, in per cent of their magnitude.
     *
     * @param lower mean of lower bounds
     * @param upper of upper bounds
     */
    record Change(double lower, double upper) {
        private static final Change NONE = new Change(Double.NaN, Double.NaN);

        static Change of(Box from, Box to) {
            double[] changes = new double[2];
            for (int at = 0; at < 2 * from.size(); at++) {
                boolean high = at < from.size();
                double before = bound(from, at % from.size(), high);
                changes[high ? 1 : 0] += 100 * (before - bound(to, at % from.size(), high))
                        / Math.max(Math.abs(before), LEAST_GAP) / from.size();
            }
            return new Change(changes[0], changes[1]);
        }

        private String text(int width) {
            return String.format(Locale.ROOT, " %" + width + ".1f %" + width + ".1f", lower, upper);
        }
    }

    /** The row of boxes in the order of the methods. */
    static GapRow of(String network, int layer, Box reached, Box... boxes) {
        double[] shares = new double[boxes.length];
        double[] gaps = gaps(reached, shares, boxes);
        Change change = Change.of(boxes[GapCase.Method.TRIANGLE.ordinal()], boxes[GapCase.Method.CUTS.ordinal()]);
        return new GapRow(network, layer, gaps.length, median(gaps), shares[1], Double.NaN, shares[2], shares[3],
                change, Change.NONE);
    }

    /** The row without programs: CROWN, slopes, slopes as often, cuts. */
    static GapRow functional(String network, int layer, Box reached, Box... boxes) {
        double[] shares = new double[boxes.length];
        double[] gaps = gaps(reached, shares, boxes);
        return new GapRow(network, layer, gaps.length, median(gaps), shares[1], shares[2], Double.NaN, shares[3],
                Change.of(boxes[1], boxes[3]), Change.of(boxes[2], boxes[3]));
    }

    private static double median(double... sorted) {
        return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
    }

    /** CROWN's gaps, ascending, and the shares of them that are closed. */
    private static double[] gaps(Box reached, double[] shares, Box... boxes) {
        int size = reached.size();
        double[] gaps = new double[2 * size];
        int count = 0;
        for (int at = 0; at < 2 * size; at++) {
            boolean high = at < size;
            double crown = bound(boxes[0], at % size, high);
            double gap = crown - bound(reached, at % size, high);
            if (gap > LEAST_GAP * (1 + Math.abs(crown))) {
                gaps[count++] = 100 * gap / Math.max(reached.width(at % size), LEAST_GAP);
                for (int method = 0; method < boxes.length; method++) {
                    shares[method] += 100 * (crown - bound(boxes[method], at % size, high)) / gap;
                }
            }
        }
        for (int method = 0; method < shares.length; method++) {
            shares[method] = count == 0 ? Double.NaN : shares[method] / count;
        }
        Arrays.sort(gaps, 0, count);
        return Arrays.copyOf(gaps, count);
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
        return String.format(Locale.ROOT, "%-18s %5d %6d %8.1f %8.1f %9.1f %9.1f %7.1f", network, layer, bounds, gap,
                slopes, again, triangle, cuts) + change.text(8) + beyond.text(9);
    }

    Map<String, Object> json() {
        return JsonText.map("network", network, "layer", layer, "bounds", bounds, "gap", gap, "slopesShare", slopes,
                "slopesAsOftenShare", again, "triangleShare", triangle, "cutsShare", cuts, "lowerChange", change.lower,
                "upperChange", change.upper, "lowerBeyond", beyond.lower, "upperBeyond", beyond.upper);
    }
}
