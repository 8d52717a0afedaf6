package org.reluctor.devicetests.certify;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A convex polygon of the plane, by its corners in order.
 *
 * @param corners [x, y] each; shared
 */
record Polygon(List<double[]> corners) {
    private static final double LEAST_AREA = 1e-14;

    /** The image of a box under a linear map to the plane: a zonotope. */
    static Polygon ofBox(double[][] map, double[] low, double[] high) {
        double[] at = new double[2];
        List<double[]> sides = new ArrayList<>();
        for (int i = 0; i < low.length; i++) {
            double[] side = {map[0][i] * (high[i] - low[i]), map[1][i] * (high[i] - low[i])};
            // All sides point upwards; what points downwards begins at its other end.
            boolean down = side[1] < 0 || side[1] == 0 && side[0] < 0;
            double start = down ? high[i] : low[i];
            at[0] += map[0][i] * start;
            at[1] += map[1][i] * start;
            sides.add(down ? new double[] {-side[0], -side[1]} : side);
        }
        sides.sort(Comparator.comparingDouble(side -> Math.atan2(side[1], side[0])));
        List<double[]> corners = new ArrayList<>();
        for (int round = 0; round < 2; round++) {
            for (double[] side : sides) {
                corners.add(at.clone());
                at[0] += round == 0 ? side[0] : -side[0];
                at[1] += round == 0 ? side[1] : -side[1];
            }
        }
        return new Polygon(corners);
    }

    /** The part where a·u + b ≥ 0. */
    Polygon where(double[] a, double b) {
        List<double[]> kept = new ArrayList<>();
        for (int at = 0; at < corners.size(); at++) {
            double[] here = corners.get(at);
            double[] next = corners.get((at + 1) % corners.size());
            double from = a[0] * here[0] + a[1] * here[1] + b;
            double to = a[0] * next[0] + a[1] * next[1] + b;
            if (from >= 0) {
                kept.add(here);
            }
            if (from > 0 && to < 0 || from < 0 && to > 0) {
                double share = from / (from - to);
                kept.add(new double[] {here[0] + share * (next[0] - here[0]), here[1] + share * (next[1] - here[1])});
            }
        }
        return new Polygon(kept);
    }

    /** Whether next to nothing is left. */
    boolean isEmpty() {
        double twice = 0;
        for (int at = 0; at < corners.size(); at++) {
            double[] here = corners.get(at);
            double[] next = corners.get((at + 1) % corners.size());
            twice += here[0] * next[1] - here[1] * next[0];
        }
        return corners.size() < 3 || Math.abs(twice) < LEAST_AREA;
    }

    /** The least a·u + b of the corners. */
    double least(double[] a, double b) {
        return corners.stream().mapToDouble(u -> a[0] * u[0] + a[1] * u[1] + b).min().orElse(Double.POSITIVE_INFINITY);
    }

    double[] middle() {
        double[] sum = new double[2];
        corners.forEach(u -> {
            sum[0] += u[0] / corners.size();
            sum[1] += u[1] / corners.size();
        });
        return sum;
    }
}
