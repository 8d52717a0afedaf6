package org.reluctor.stream.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reluctor.stream.codec.ArrayType;
import org.reluctor.stream.codec.Frame;
import org.reluctor.stream.codec.FrameFields;
import org.reluctor.stream.codec.FrameLimits;
import org.reluctor.stream.codec.FrameReader;
import org.reluctor.stream.codec.FrameWriter;

/** Bounds of signals whose errors are known, because they were made. */
class ErrorBoundTest {
    private static final int N = 64;
    private static final int FRAMES = 20_000;
    private static final long SEED = 99;

    private final Frame frame = new Frame();
    private final ErrorBound bound = new ErrorBound();

    /**
     * Standard error of the share: 0.15 %. An error of one or two samples, which a sum of many is not, is bounded more
     * often.
     */
    @ParameterizedTest
    @CsvSource({"16, 64, 1, 94.4, 95.6", "5, 64, 1, 94.4, 95.6", "1, 64, 1, 94.4, 95.6", "64, 64, 1, 94.4, 95.6",
        "16, 8, 1, 94.4, 96", "16, 2, 1, 94.4, 98", "16, 1, 1, 94.4, 98", "16, 64, 3, 95, 100"})
    void of_framesOfKnownError_isAboveItInNinetyFivePercent(int rows, int wrongSamples, int channels, double least,
            double most) {
        Random random = new Random(rows + wrongSamples);
        int above = 0;
        for (int seq = 0; seq < FRAMES; seq++) {
            float[] x = new float[channels * N];
            float[] recovered = new float[x.length];
            double squares = 0;
            for (int i = 0; i < x.length; i++) {
                x[i] = (float) random.nextGaussian();
                float error = i % N < wrongSamples ? 0.1f * (float) random.nextGaussian() : 0;
                recovered[i] = x[i] - error;
                squares += (double) (x[i] - recovered[i]) * (x[i] - recovered[i]);
            }
            read(x, channels, rows, seq);
            above += bound.of(frame, recovered, 0) >= Math.sqrt(squares) ? 1 : 0;
        }
        double percent = 100.0 * above / FRAMES;
        assertTrue(percent >= least && percent <= most, percent + " %");
    }

    @Test
    void of_frameWithoutHeldOutMeasurements_isNone() {
        read(new float[N], 1, 0, 1);
        assertTrue(Float.isNaN(bound.of(frame, new float[N], 0)));
    }

    /** 3 is measured as 3·a where the signal says 0, and the 5 % quantile of one degree is 0.00393214. */
    @Test
    void of_oneRow_isTheDifferenceOverTheQuantilesRoot() {
        float[] x = new float[N];
        x[0] = 3;
        read(x, 1, 1, 4);
        float[] a = new float[1];
        float[] unit = new float[N];
        unit[0] = 1;
        new HeldOutRows(SEED, 7, 4).measure(unit, 0, N, a, 0, 1);
        assertEquals(3 * Math.abs(a[0]) / Math.sqrt(0.00393214), bound.of(frame, new float[N], 0), 1e-4);
    }

    @Test
    void of_measurementsBeyondAllSignals_isNone() {
        FrameFields fields = FrameFields.of("s/a", 1, 1, 1, N, 1).at(7, 0).heldOutSeed(SEED);
        float[] heldOut = {Float.MAX_VALUE};
        byte[] payload = new FrameWriter().write(fields, ArrayType.FLOAT32, new float[1], heldOut);
        assertNull(reader().read(payload, "s/a", frame));
        assertTrue(Float.isNaN(bound.of(frame, new float[N], 0)));
    }

    private void read(float[] x, int channels, int rows, long seq) {
        FrameFields fields = FrameFields.of("s/a", 1, 1, 1, N, 1).at(7, seq).channels(channels).heldOutSeed(SEED);
        float[] heldOut = new float[channels * rows];
        for (int channel = 0; channel < channels; channel++) {
            new HeldOutRows(SEED, 7, seq).measure(x, channel * N, N, heldOut, channel * rows, rows);
        }
        byte[] payload = new FrameWriter().write(fields, ArrayType.FLOAT32, new float[channels], heldOut);
        FrameReader reader = reader();
        assertNull(reader.read(payload, "s/a", frame), reader::faultDetail);
    }

    private static FrameReader reader() {
        return new FrameReader(new FrameLimits(4096, N, 256, 3));
    }
}
