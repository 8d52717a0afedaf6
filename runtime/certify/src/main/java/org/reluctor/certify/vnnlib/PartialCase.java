package org.reluctor.certify.vnnlib;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.reluctor.certify.interval.Outward;

/** A case while it is put together: bounds of inputs, infinite where there is none yet, and conditions. Immutable. */
final class PartialCase {
    private final double[] low;
    private final double[] high;
    private final List<LinearForm> conditions;

    /** Nothing is known. */
    PartialCase(int inputs) {
        low = new double[inputs];
        high = new double[inputs];
        Arrays.fill(low, Double.NEGATIVE_INFINITY);
        Arrays.fill(high, Double.POSITIVE_INFINITY);
        conditions = List.of();
    }

    private PartialCase(double[] low, double[] high, List<LinearForm> conditions) {
        this.low = low;
        this.high = high;
        this.conditions = conditions;
    }

    /** The same with form ≤ 0. */
    PartialCase with(LinearForm form) {
        if (form.isConstant()) {
            return this;
        }
        if (!form.isOfOneInput()) {
            List<LinearForm> more = new ArrayList<>(conditions);
            more.add(form);
            return new PartialCase(low, high, more);
        }
        int index = form.inputs().keySet().iterator().next();
        double factor = form.inputs().get(index);
        boolean above = factor > 0;
        double[] bounds = (above ? high : low).clone();
        double bound = bound(-form.constant(), factor);
        bounds[index] = above ? Math.min(bounds[index], bound) : Math.max(bounds[index], bound);
        return new PartialCase(above ? low : bounds, above ? bounds : high, conditions);
    }

    /** A quotient that has to be rounded is rounded outward. */
    private static double bound(double constant, double factor) {
        if (Math.abs(factor) == 1) {
            // Adding 0 makes 0 of -0.
            return constant / factor + 0.0;
        }
        return factor > 0 ? Outward.divUp(constant, factor) : Outward.divDown(constant, factor);
    }

    double low(int index) {
        return low[index];
    }

    double high(int index) {
        return high[index];
    }

    /** All lower bounds; shared. */
    double[] lows() {
        return low;
    }

    double[] highs() {
        return high;
    }

    List<LinearForm> conditions() {
        return conditions;
    }
}
