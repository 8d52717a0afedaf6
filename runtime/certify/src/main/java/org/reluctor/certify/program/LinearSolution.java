package org.reluctor.certify.program;

/**
 * What a solver returned: to be believed in nothing.
 *
 * @param point       values of the variables
 * @param multipliers of the rows, in their order
 */
public record LinearSolution(double[] point, double[] multipliers) {
}
