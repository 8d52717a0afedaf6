package org.reluctor.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A recorded signal of one channel: whole converter steps above the converter's zero. Immutable.
 *
 * <p>The one that the demonstration carries is a minute of MIT-BIH record 208; {@code mit-bih-208.md} beside the
 * resource holds its origin and licence.
 */
final class Recording {
    private static final String RESOURCE = "mit-bih-208.s16le";
    private static final int SAMPLES = 21_600;
    private static final int ZERO = 1024;

    private final short[] steps;
    private final int sampleRateHz;
    private final int stepsPerMillivolt;

    Recording(short[] steps, int sampleRateHz, int stepsPerMillivolt) {
        this.steps = steps.clone();
        this.sampleRateHz = sampleRateHz;
        this.stepsPerMillivolt = stepsPerMillivolt;
    }

    /** The minute of MIT-BIH record 208, lead MLII: 360 Hz, 200 steps a millivolt. */
    static Recording mitBih208() {
        byte[] bytes = read();
        if (bytes.length != SAMPLES * Short.BYTES) {
            throw new IllegalStateException(RESOURCE + " holds " + bytes.length + " bytes; it must hold "
                    + SAMPLES * Short.BYTES);
        }
        short[] steps = new short[SAMPLES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(steps);
        for (int i = 0; i < steps.length; i++) {
            steps[i] -= ZERO;
        }
        return new Recording(steps, 360, 200);
    }

    private static byte[] read() {
        try (InputStream stream = Recording.class.getResourceAsStream(RESOURCE)) {
            if (stream == null) {
                throw new IllegalStateException(RESOURCE + " is missing from the demonstration's jar");
            }
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int length() {
        return steps.length;
    }

    int sampleRateHz() {
        return sampleRateHz;
    }

    /** Gain of the converter; a step is 1/gain mV. */
    int stepsPerMillivolt() {
        return stepsPerMillivolt;
    }

    /** One sample in steps above the zero. */
    int step(int index) {
        return steps[index];
    }

    /** The largest absolute value, in steps. */
    int peak() {
        int peak = 0;
        for (short step : steps) {
            peak = Math.max(peak, Math.abs(step));
        }
        return peak;
    }
}
