package org.reluctor.certify.vnnlib;

import java.util.List;
import org.reluctor.certify.interval.Box;

/**
 * One way in which a property can be violated: an input of a box for which every form is at most 0.
 *
 * @param box        of the network's inputs
 * @param conditions forms over inputs and outputs, all at most 0; none where the box alone is in question
 */
record PropertyCase(Box box, List<LinearForm> conditions) {
    PropertyCase {
        conditions = List.copyOf(conditions);
    }

    /** The least by which a condition is fulfilled, rounded; negative where one is not. */
    double margin(double[] x, double[] y) {
        double margin = Double.POSITIVE_INFINITY;
        for (LinearForm condition : conditions) {
            double slack = -condition.at(x, y);
            // Written so that not-a-number fulfils nothing.
            margin = slack >= margin ? margin : slack;
        }
        return Double.isNaN(margin) ? Double.NEGATIVE_INFINITY : margin;
    }

    /** Whether an input with these outputs violates the property. */
    boolean isMetBy(double[] x, double[] y) {
        return box.contains(x) && margin(x, y) >= 0;
    }
}
