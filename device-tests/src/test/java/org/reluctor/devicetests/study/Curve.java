package org.reluctor.devicetests.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The objective of a training over the time it took. What methods tell are losses of batches of different sizes, or of
 * all samples; the mean within equal spans of time makes them comparable. Not safe between threads.
 */
public final class Curve {
    private final List<double[]> points = new ArrayList<>();

    /** Adds a point; times ascend. */
    public void add(double seconds, double objective) {
        points.add(new double[] {seconds, objective});
    }

    /** How many points were added. */
    public int size() {
        return points.size();
    }

    /**
     * The mean objective of each span: of so many equal ones up to an end. A span without points has what lies on the
     * line between its neighbours; before the first point and after the last it has theirs.
     */
    public double[] means(int spans, double end) {
        double[] sums = new double[spans];
        int[] counts = new int[spans];
        for (double[] point : points) {
            int span = (int) Math.min(spans - 1, Math.max(0, point[0] / end * spans));
            sums[span] += point[1];
            counts[span]++;
        }
        double[] means = new double[spans];
        Arrays.setAll(means, span -> counts[span] == 0 ? Double.NaN : sums[span] / counts[span]);
        double[] filled = new double[spans];
        Arrays.setAll(filled, span -> between(means, span));
        return filled;
    }

    private static double between(double[] means, int span) {
        int before = span;
        while (before >= 0 && Double.isNaN(means[before])) {
            before--;
        }
        int after = span;
        while (after < means.length && Double.isNaN(means[after])) {
            after++;
        }
        if (before < 0 || after == means.length) {
            return before < 0 && after == means.length ? Double.NaN : means[before < 0 ? after : before];
        }
        double share = after == before ? 0 : (double) (span - before) / (after - before);
        return means[before] + share * (means[after] - means[before]);
    }
}
