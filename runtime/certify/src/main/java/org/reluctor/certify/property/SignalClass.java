package org.reluctor.certify.property;

import java.util.Arrays;
import org.reluctor.certify.interval.Box;

/**
 * The signals and the noise for which something is stated: x = Ψz with z in a box, in the signal's unit, and
 * y = Φx + e with every |eᵢ| at most the noise bound, in the unit of Φx. Without such a class nothing can be stated
 * about errors: whatever lies in Φ's kernel is not seen.
 *
 * @param basis        Ψ row-major, [n, coefficients]; null for the samples themselves
 * @param coefficients the box of z
 * @param noise        0 or more, finite; the sensor's own rounding is part of it
 */
public record SignalClass(double[] basis, Box coefficients, double noise) {
    public SignalClass {
        if (!(noise >= 0) || Double.isInfinite(noise)) {
            throw new IllegalArgumentException("noise bound " + noise + "; must be finite and 0 or more");
        }
        if (basis != null && (basis.length % coefficients.size() != 0
                || Arrays.stream(basis).anyMatch(value -> !Double.isFinite(value)))) {
            throw new IllegalArgumentException("basis of " + basis.length + " numbers for " + coefficients.size()
                    + " coefficients; must be finite, as many rows as samples");
        }
    }

    /** Every sample within the same bounds. */
    public static SignalClass ofAmplitude(int samples, double low, double high, double noise) {
        return new SignalClass(null, Box.of(samples, low, high), noise);
    }

    /** Samples of a signal. */
    public int samples() {
        return basis == null ? coefficients.size() : basis.length / coefficients.size();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SignalClass that && Arrays.equals(basis, that.basis)
                && coefficients.equals(that.coefficients) && noise == that.noise;
    }

    @Override
    public int hashCode() {
        return coefficients.hashCode() + 31 * Arrays.hashCode(basis);
    }
}
