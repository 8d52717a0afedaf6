package org.reluctor.learn.evaluation;

import java.util.Locale;
import org.reluctor.learn.algebra.NormalDraws;
import org.reluctor.learn.measurement.Quantiser;

/**
 * What happens to measurements on their way: white Gaussian noise, then the quantiser.
 *
 * @param quantiser of the frames
 * @param noiseDb   ratio of the measurements' power, over all windows measured together, to the noise's, in dB;
 *                  infinite for no noise
 */
public record Condition(Quantiser quantiser, double noiseDb) {
    /** Measurements as they are. */
    public static final Condition CLEAN = new Condition(Quantiser.FLOAT, Double.POSITIVE_INFINITY);

    /** Whether noise is added. */
    public boolean isNoisy() {
        return noiseDb != Double.POSITIVE_INFINITY;
    }

    /**
     * Changes measurements in place.
     *
     * @param y    windows one behind the other
     * @param m    measurements a window
     * @param seed of the noise
     */
    public void apply(float[] y, int m, long seed) {
        if (isNoisy()) {
            double power = 0;
            for (float measurement : y) {
                power += (double) measurement * measurement;
            }
            double deviation = Math.sqrt(power / y.length) * Math.pow(10, -noiseDb / 20);
            NormalDraws draws = new NormalDraws(seed);
            for (int at = 0; at < y.length; at++) {
                y[at] += (float) (deviation * draws.next());
            }
        }
        quantiser.apply(y, m);
    }

    /** Such as {@code int8, 40 dB}. */
    @Override
    public String toString() {
        return quantiser + (isNoisy() ? String.format(Locale.ROOT, ", %.4g dB", noiseDb) : "");
    }
}
