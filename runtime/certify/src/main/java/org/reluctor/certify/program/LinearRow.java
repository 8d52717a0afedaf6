package org.reluctor.certify.program;

/**
 * Σ coefficients·v[places] ≤ bound.
 *
 * @param places       of the variables; none twice
 * @param coefficients in their order, finite
 * @param bound        finite
 */
public record LinearRow(int[] places, double[] coefficients, double bound) {
}
