package org.reluctor.certify.envelope;

/**
 * A linear bound of a neuron's output y over its box that holds at every point: y ≤ α·x + β, or y ≥ α·x + β.
 *
 * @param plane α and β, the intercept rounded outward
 * @param upper which of the two
 */
public record Cut(Hyperplane plane, boolean upper) {
    /** By how much (x, y) is on the wrong side; 0 and less where the cut allows it. */
    public double violation(double[] point, double y) {
        double bound = plane.at(point);
        return upper ? y - bound : bound - y;
    }
}
