package org.reluctor.learn.measurement;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.reluctor.learn.algebra.Samples;

/**
 * What a sensor's frame makes of measurements: rounded to whole numbers of so many bits, with a scale of each window's
 * own, its largest magnitude over 2^(bits−1) − 1, which the frame carries beside them. A scale over all windows would
 * be set by rare large ones.
 */
public enum Quantiser {
    /** Rounded to float32 and no further. */
    FLOAT(0),
    /** 16 bits a measurement. */
    INT16(16),
    /** 12 bits a measurement. */
    INT12(12),
    /** 8 bits a measurement. */
    INT8(8),
    /** 6 bits a measurement, about the noise of published adaptive quantisers. */
    INT6(6);

    private final int bits;

    Quantiser(int bits) {
        this.bits = bits;
    }

    /** Bits a measurement; 0 where they are not rounded. */
    public int bits() {
        return bits;
    }

    /**
     * The quantiser of a name such as int16, in upper or lower case.
     *
     * @throws IllegalArgumentException naming all for another
     */
    public static Quantiser of(String name) {
        return Arrays.stream(values()).filter(quantiser -> quantiser.name().equalsIgnoreCase(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no quantiser '" + name + "'; right is one of "
                        + Arrays.stream(values()).map(Quantiser::toString).collect(Collectors.joining(", "))));
    }

    /**
     * Replaces windows of measurements by what arrives of them.
     *
     * @param y windows one behind the other
     * @param m measurements a window
     */
    public void apply(float[] y, int m) {
        if (bits == 0) {
            return;
        }
        double levels = (1 << bits - 1) - 1;
        for (int start = 0; start < y.length; start += m) {
            float largest = 0;
            for (int at = start; at < start + m; at++) {
                largest = Math.max(largest, Math.abs(y[at]));
            }
            // The frame's scale is a float32.
            float scale = (float) (largest / levels);
            for (int at = start; scale > 0 && at < start + m; at++) {
                y[at] = (float) (Math.rint(Math.min(levels, Math.max(-levels, y[at] / (double) scale))) * scale);
            }
        }
    }

    /** The same for vectors of measurements, as a copy. */
    public Samples apply(Samples measurements) {
        float[] y = new float[measurements.values().length];
        for (int at = 0; at < y.length; at++) {
            y[at] = (float) measurements.values()[at];
        }
        apply(y, measurements.width());
        Samples result = Samples.zero(measurements.count(), measurements.width());
        for (int at = 0; at < y.length; at++) {
            result.values()[at] = y[at];
        }
        return result;
    }

    /** As options name it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
