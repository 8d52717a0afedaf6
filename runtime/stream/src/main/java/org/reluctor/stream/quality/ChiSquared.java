package org.reluctor.stream.quality;

/** The chi-squared distribution of r degrees of freedom, from its series; no library carries it here. */
final class ChiSquared {
    /** Halvings after which an interval of float64 has no number inside. */
    private static final int HALVINGS = 200;

    private ChiSquared() {
    }

    /**
     * What a chi-squared number falls below with the given probability, to about 1e-12 of itself.
     *
     * @param degrees     of freedom, from 1
     * @param probability above 0, at most ½
     */
    static double quantile(int degrees, double probability) {
        double low = 0;
        double high = degrees;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = 0.5 * (low + high);
            if (middle <= low || middle >= high) {
                break;
            }
            if (below(degrees, middle) < probability) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    /**
     * The probability of less than q: P(a, z) = zᵃe⁻ᶻ/Γ(a+1)·Σ zᵏ/((a+1)…(a+k)) with a = r/2 and z = q/2 (NIST Handbook
     * of Mathematical Functions, 8.11.4), which converges fast where q ≤ r, as in the lower half.
     */
    static double below(int degrees, double q) {
        double a = 0.5 * degrees;
        double z = 0.5 * q;
        double term = 1;
        double sum = 1;
        for (int k = 1; term > 1e-17 * sum; k++) {
            term *= z / (a + k);
            sum += term;
        }
        return sum * Math.exp(a * Math.log(z) - z - logGammaOfHalves(degrees + 2));
    }

    /** log Γ(halves/2), from Γ(1) = 1 or Γ(½) = √π upwards. */
    private static double logGammaOfHalves(int halves) {
        double log = halves % 2 == 0 ? 0 : 0.5 * Math.log(Math.PI);
        for (int i = halves - 2; i > 0; i -= 2) {
            log += Math.log(0.5 * i);
        }
        return log;
    }
}
