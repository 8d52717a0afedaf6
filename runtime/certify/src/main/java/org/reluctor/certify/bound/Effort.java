package org.reluctor.certify.bound;

/**
 * How much is spent on one bound.
 *
 * @param slopeSteps steps of the search for better slopes; 0 takes the slopes that the boxes suggest
 * @param cutRounds  rounds of cuts beside the lines, each with as many steps; 0 for none
 */
public record Effort(int slopeSteps, int cutRounds) {
    /** Backward linear bounds with adaptive slopes: CROWN, DeepPoly. */
    public static final Effort PLAIN = new Effort(0, 0);
    /** With optimised slopes. */
    public static final Effort SLOPES = new Effort(20, 0);
    /** With optimised slopes and multivariate cuts. */
    public static final Effort CUTS = new Effort(20, 4);
}
