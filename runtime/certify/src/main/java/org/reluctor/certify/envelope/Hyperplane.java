package org.reluctor.certify.envelope;

/**
 * The affine function α·x + β.
 *
 * @param coefficients α; shared, not copied
 * @param intercept    β
 */
public record Hyperplane(double[] coefficients, double intercept) {
    /** α·x + β, rounded. */
    public double at(double[] point) {
        double sum = intercept;
        for (int i = 0; i < coefficients.length; i++) {
            sum = Math.fma(coefficients[i], point[i], sum);
        }
        return sum;
    }

    Hyperplane negated() {
        double[] negative = new double[coefficients.length];
        for (int at = 0; at < negative.length; at++) {
            negative[at] = -coefficients[at];
        }
        return new Hyperplane(negative, -intercept);
    }

    Hyperplane withIntercept(double other) {
        return new Hyperplane(coefficients, other);
    }
}
