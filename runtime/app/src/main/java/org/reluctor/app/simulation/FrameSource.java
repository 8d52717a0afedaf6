package org.reluctor.app.simulation;

import org.reluctor.network.MeasurementMatrix;
import org.reluctor.stream.codec.FrameFields;
import org.reluctor.stream.codec.FrameWriter;

/**
 * Measures a signal and writes frames, as a sensor does: y = Φx, quantised to 16-bit integers with one scale for all
 * frames, or sent as float32. One thread at a time.
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
    private final short[] raw;
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
        this.raw = new short[matrix.rows()];
        this.windowNanos = Math.round(x.length / rateHz * 1e9);
        boolean whole = rateHz == Math.rint(rateHz);
        this.fields = FrameFields.of(sensor, Math.round(whole ? rateHz : rateHz * 1000), whole ? 1 : 1000,
                matrix.idBits(), matrix.columns(), matrix.rows());
    }

    /** The next frame; its window begins at {@code startNanos} (ns since 1970) plus all windows before it. */
    public byte[] next(long startNanos) {
        signal.next(x);
        matrix.measure(x, 0, y, 0);
        if (!floats && seq == 0) {
            fields = fields.scaled(scale(), 0);
        }
        FrameFields now = fields.at(boot, seq).t0(startNanos + seq * windowNanos);
        seq++;
        if (floats) {
            return writer.write(now, y);
        }
        quantise();
        return writer.write(now, raw);
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
        float most = 0;
        for (float value : y) {
            most = Math.max(most, Math.abs(value));
        }
        return most == 0 ? 1 : (float) (most * HEADROOM / Short.MAX_VALUE);
    }

    private void quantise() {
        float scale = fields.scale();
        for (int i = 0; i < y.length; i++) {
            int value = Math.round(y[i] / scale);
            raw[i] = (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, value));
            clipped += raw[i] == value ? 0 : 1;
        }
    }
}
