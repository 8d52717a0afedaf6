package org.reluctor.devicetests.refusal;

import java.util.List;
import org.reluctor.devicetests.command.SmallNetworks;

/** The sensors of this package: three good ones that a network serves, and strangers. */
final class Ward {
    static final List<String> SENSORS = List.of("ward-1/ecg", "ward-2/ecg", "ward-3/ecg");
    /** A sensor of a known site that no network serves. */
    static final String UNROUTED = "ward-1/pressure";
    /** A sensor more than the gateway is set to know. */
    static final String TOO_MANY = "ward-4/ecg";
    static final long BOOT = 7;
    /** A sequence number that no good frame reaches, beyond 31 bits. */
    static final long FAR = 4_000_000_000L;
    static final int MAX_BYTES = 4096;
    static final int PACKET_BYTES = 16_384;

    private Ward() {
    }

    /** A good frame, to be spoilt or not. */
    static FrameSketch sketch(String sensor, long seq) {
        return new FrameSketch(sensor, BOOT, seq, measurements(sensor, seq));
    }

    /** Small whole numbers, different for every sensor and frame. */
    static float[] measurements(String sensor, long seq) {
        float[] y = new float[SmallNetworks.M];
        for (int i = 0; i < y.length; i++) {
            y[i] = 1000 * sensor.charAt("ward-".length()) + seq % 1000 + i * i;
        }
        return y;
    }

    /** Φᵀy of a good frame, exact in float32. */
    static float[] signal(String sensor, long seq) {
        return SmallNetworks.transposed(measurements(sensor, seq));
    }
}
