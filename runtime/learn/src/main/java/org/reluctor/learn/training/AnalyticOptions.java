package org.reluctor.learn.training;

/**
 * What the analytic method is told.
 *
 * @param measurements  m a window
 * @param onesPerColumn of the sparse binary Φ
 * @param firstSeed     first seed that is tried for Φ
 * @param seeds         how many are tried, ascending; the one with the smallest linear error is taken
 * @param phases        K
 * @param levels        of the wavelet basis
 * @param noise         standard deviation of the noise on each measurement, in the unit of the samples
 */
public record AnalyticOptions(int measurements, int onesPerColumn, long firstSeed, int seeds, int phases, int levels,
        double noise) {
    public AnalyticOptions {
        require(measurements >= 1, "measurements", measurements, "1 or more");
        require(onesPerColumn >= 1 && onesPerColumn <= measurements, "ones a column", onesPerColumn,
                "from 1 to the number of measurements");
        require(seeds >= 1, "number of seeds", seeds, "1 or more");
        require(phases >= 0 && phases <= 64, "number of phases", phases, "from 0 to 64");
        require(levels >= 1, "number of levels", levels, "1 or more");
        require(noise > 0 && Double.isFinite(noise), "noise", noise, "finite and above 0");
    }

    private static void require(boolean good, String name, Number value, String right) {
        if (!good) {
            throw new IllegalArgumentException("the " + name + " is " + value + "; right is " + right);
        }
    }
}
