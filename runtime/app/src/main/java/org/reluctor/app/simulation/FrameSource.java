package org.reluctor.app.simulation;

import org.reluctor.network.MeasurementMatrix;
import org.reluctor.stream.codec.ArrayType;
import org.reluctor.stream.codec.FrameFields;
import org.reluctor.stream.codec.FrameWriter;
import org.reluctor.stream.quality.HeldOutRows;

/**
 * Measures a signal and writes frames, as a sensor does: y = Φx, quantised to 16-bit integers with one scale for all
 * frames, or sent as float32; and, if wanted, what no network sees, by which a gateway tells how far off it is. One
 * thread at a time.
 */
public final class FrameSource {
    /** Share of the 16-bit range that the first frame uses; the rest is headroom for later ones. */
    private static final double HEADROOM = 8;

    private final SignalSource signal;
    private final MeasurementMatrix matrix;
    private final FrameWriter writer = new FrameWriter();
    private final boolean floats;
    private final float[] x;
    private final float[] y;
    private float[] heldOut = {};
    private final long windowNanos;
    private final long boot;
    private FrameFields fields;
    private long seq;
    private long clipped;

    /**
     * @param sensor {@code site/sensor}
     * @param rateHz samples a second; whole, or in thousandths
     * @param boot   of the sensor
     * @param floats whether y is sent as float32
     */
    public FrameSource(String sensor, SignalSource signal, MeasurementMatrix matrix, double rateHz, long boot,
            boolean floats) {
        this.signal = signal;
        this.matrix = matrix;
        this.floats = floats;
        this.boot = boot;
        this.x = new float[matrix.columns()];
        this.y = new float[matrix.rows()];
        this.windowNanos = Math.round(x.length / rateHz * 1e9);
        boolean whole = rateHz == Math.rint(rateHz);
        this.fields = FrameFields.of(sensor, Math.round(whole ? rateHz : rateHz * 1000), whole ? 1 : 1000,
                matrix.idBits(), matrix.columns(), matrix.rows());
    }

    /**
     * Lets every frame carry held-out measurements, too; before the first frame.
     *
     * @param rows of them, 1 to {@link org.reluctor.stream.codec.FrameLimits#MOST_HELD_OUT_ROWS}
     * @param seed of their rows
     * @return this source
     */
    public FrameSource heldOut(int rows, long seed) {
        heldOut = new float[rows];
        fields = fields.heldOutSeed(seed);
        return this;
    }

    /** The next frame; its window begins at {@code startNanos} (ns since 1970) plus all windows before it. */
    public byte[] next(long startNanos) {
        signal.next(x);
        matrix.measure(x, 0, y, 0);
        new HeldOutRows(fields.heldOutSeed(), boot, seq).measure(x, 0, x.length, heldOut, 0, heldOut.length);
        if (!floats && seq == 0) {
            fields = fields.scaled(scale(), 0);
        }
        FrameFields now = fields.at(boot, seq).t0(startNanos + seq * windowNanos);
        seq++;
        if (!floats) {
            quantise(y);
            quantise(heldOut);
        }
        return writer.write(now, floats ? ArrayType.FLOAT32 : ArrayType.INT16, y, heldOut);
    }

    /** Frames made so far. */
    public long count() {
        return seq;
    }

    /** Measurements that the 16-bit range could not hold so far. */
    public long clipped() {
        return clipped;
    }

    /** Duration of a frame's window. */
    public long windowNanos() {
        return windowNanos;
    }

    private float scale() {
        float most = Math.max(largest(y), largest(heldOut));
        return most == 0 ? 1 : (float) (most * HEADROOM / Short.MAX_VALUE);
    }

    private static float largest(float[] values) {
        float most = 0;
        for (float value : values) {
            most = Math.max(most, Math.abs(value));
        }
        return most;
    }

    /** Puts in place of measurements the 16-bit integers that stand for them. */
    private void quantise(float[] values) {
        float scale = fields.scale();
        for (int i = 0; i < values.length; i++) {
            int value = Math.round(values[i] / scale);
            values[i] = Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, value));
            clipped += values[i] == value ? 0 : 1;
        }
    }
}
