package org.reluctor.learn.evaluation;

import java.util.stream.IntStream;
import org.reluctor.learn.algebra.Samples;
import org.reluctor.network.MeasurementMatrix;

/**
 * Measures windows as a sensor in the field would: y = Φx, then what happens on the way.
 *
 * @param matrix    Φ
 * @param condition of the measurements
 * @param seed      of noise
 */
record Sensor(MeasurementMatrix matrix, Condition condition, long seed) {
    /**
     * Measurements of windows, [count][m].
     *
     * @param windows [count, n], rounded to float32 as samples are
     * @param name    of what is measured: decides the noise together with the seed
     */
    float[] measure(Samples windows, String name) {
        int n = matrix.columns();
        int m = matrix.rows();
        float[] x = new float[windows.values().length];
        for (int at = 0; at < x.length; at++) {
            x[at] = (float) windows.values()[at];
        }
        float[] y = new float[windows.count() * m];
        IntStream.range(0, windows.count()).parallel()
                .forEach(window -> matrix.measure(x, window * n, y, window * m));
        condition.apply(y, m, 31 * seed + name.hashCode());
        return y;
    }
}
