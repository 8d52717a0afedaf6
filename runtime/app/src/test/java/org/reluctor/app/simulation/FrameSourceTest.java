package org.reluctor.app.simulation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.stream.codec.ArrayType;
import org.reluctor.stream.codec.Frame;
import org.reluctor.stream.codec.FrameLimits;
import org.reluctor.stream.codec.FrameReader;
import org.reluctor.stream.quality.HeldOutRows;

class FrameSourceTest {
    private static final MeasurementMatrix MATRIX = MeasurementMatrix.sparseBinary(64, 256, 4, 1);

    private final FrameReader reader = new FrameReader(new FrameLimits(4096, 256, 64, 1));
    private final Frame frame = new Frame();

    @Test
    void next_int16_isAGoodFrameOfTheMeasurements() {
        FrameSource source = new FrameSource("s/a", new SyntheticPulse(360, 5), MATRIX, 360, 9, false);
        float[] x = new float[256];
        new SyntheticPulse(360, 5).next(x);
        float[] y = new float[64];
        MATRIX.measure(x, 0, y, 0);
        assertNull(reader.read(source.next(1000), "s/a", frame));
        assertEquals(ArrayType.INT16, frame.measurementType());
        assertEquals(MATRIX.idBits(), frame.matrixId());
        assertEquals(9, frame.boot());
        float[] sent = new float[64];
        frame.measurements(sent, 0);
        assertArrayEquals(y, sent, frame.scale() / 2 * 1.01f);
        assertEquals(0, source.clipped());
    }

    @Test
    void next_secondFrame_goesOnInNumberAndTime() {
        FrameSource source = new FrameSource("s/a", new SyntheticPulse(360, 5), MATRIX, 256, 9, true);
        source.next(1000);
        assertNull(reader.read(source.next(1000), "s/a", frame));
        assertEquals(1, frame.seq());
        assertEquals(1_000_001_000L, frame.t0());
        assertEquals(2, source.count());
        assertEquals(ArrayType.FLOAT32, frame.measurementType());
    }

    /** Of integers, so that nothing is rounded but by the scale. */
    @Test
    void next_withHeldOutRows_measuresByThoseOfItsOwnNumbers() {
        FrameSource source = new FrameSource("s/a", into -> Arrays.fill(into, 100), MATRIX, 256, 9, false)
                .heldOut(16, 77);
        source.next(0);
        assertNull(reader.read(source.next(0), "s/a", frame));
        float[] ones = new float[256];
        Arrays.fill(ones, 100);
        float[] expected = new float[16];
        new HeldOutRows(77, 9, 1).measure(ones, 0, 256, expected, 0, 16);
        float[] sent = new float[16];
        frame.heldOut(sent, 0);
        assertEquals(77, frame.heldOutSeed());
        assertArrayEquals(expected, sent, frame.scale() / 2 * 1.01f);
    }

    @Test
    void next_signalFarAboveTheFirstFrame_isClippedAndCounted() {
        SignalSource growing = new SignalSource() {
            private float level = 1;

            @Override
            public void next(float[] into) {
                Arrays.fill(into, level);
                level *= 100;
            }
        };
        FrameSource source = new FrameSource("s/a", growing, MATRIX, 256, 9, false);
        source.next(0);
        assertEquals(0, source.clipped());
        source.next(0);
        assertEquals(64, source.clipped());
    }

    @Test
    void syntheticPulse_sameSeed_isTheSameSignalOfPlausibleSize() {
        float[] first = new float[3600];
        float[] second = new float[3600];
        new SyntheticPulse(360, 3).next(first);
        new SyntheticPulse(360, 3).next(second);
        assertArrayEquals(first, second);
        int beats = 0;
        float most = 0;
        for (int i = 1; i < first.length; i++) {
            beats += first[i - 1] < 0.7 && first[i] >= 0.7 ? 1 : 0;
            most = Math.max(most, Math.abs(first[i]));
        }
        assertTrue(beats >= 9 && beats <= 14, beats + " beats in 10 s");
        assertTrue(most > 0.9 && most < 1.4, most + " mV");
    }
}
