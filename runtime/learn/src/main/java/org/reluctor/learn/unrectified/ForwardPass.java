package org.reluctor.learn.unrectified;

import java.util.List;
import org.reluctor.learn.algebra.Samples;

/**
 * What the layers saw.
 *
 * @param inputs of every layer, with y and 1
 * @param sums   of every layer before its ReLU; the last are the network's outputs
 */
record ForwardPass(List<Samples> inputs, List<Samples> sums) {
    Samples output() {
        return sums.get(sums.size() - 1);
    }

    /** Half the sum of squared differences to the targets. */
    double loss(Samples targets) {
        return halfSquares(output(), targets);
    }

    static double halfSquares(Samples left, Samples right) {
        double sum = 0;
        for (int at = 0; at < left.values().length; at++) {
            double error = left.values()[at] - right.values()[at];
            sum += error * error;
        }
        return sum / 2;
    }
}
