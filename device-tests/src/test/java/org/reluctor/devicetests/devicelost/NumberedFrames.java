package org.reluctor.devicetests.devicelost;

import org.reluctor.devicetests.command.SmallNetworks;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.stream.codec.FrameFields;
import org.reluctor.stream.codec.FrameWriter;

/** Frames for {@link SmallNetworks#transposed}, whose signals follow from their numbers, exactly. One thread. */
public final class NumberedFrames {
    private static final MeasurementMatrix MATRIX = SmallNetworks.matrix();
    private static final int DIFFERENT = 1000;

    private final FrameWriter writer = new FrameWriter();
    private final FrameFields fields;
    private final long boot;

    /** Frames of that sensor, "site/sensor", since that boot. */
    public NumberedFrames(String sensor, long boot) {
        this.fields = FrameFields.of(sensor, 360, 1, MATRIX.idBits(), SmallNetworks.N, SmallNetworks.M);
        this.boot = boot;
    }

    /** The payload with that number. */
    public byte[] frame(long seq) {
        return writer.write(fields.at(boot, seq), measurements(seq));
    }

    /** Other measurements under that number. */
    public byte[] frame(long seq, float... y) {
        return writer.write(fields.at(boot, seq), y);
    }

    /** Small whole numbers. */
    public static float[] measurements(long seq) {
        float[] y = new float[SmallNetworks.M];
        for (int i = 0; i < y.length; i++) {
            y[i] = 1000 * (seq % DIFFERENT) + i * i;
        }
        return y;
    }

    /** Φᵀy, exact in float32. */
    public static float[] signal(long seq) {
        return SmallNetworks.transposed(measurements(seq));
    }
}
