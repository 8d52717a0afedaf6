package org.reluctor.devicetests.sensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reluctor.app.simulation.FrameSource;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.stream.codec.Frame;
import org.reluctor.stream.codec.FrameKey;
import org.reluctor.stream.codec.FrameLimits;
import org.reluctor.stream.codec.FrameReader;
import org.reluctor.stream.codec.Mac0Writer;

/** The C encoder writes, byte for byte, what {@code reluctor simulate} does. */
class SensorEncoderIT {
    private static final String SENSOR = "ward3/ecg-7";
    private static final String KEY = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
    private static final long BOOT = 1L << 40;
    private static final FrameLimits LIMITS = new FrameLimits(65_536, 4096, 4096, 1);

    @TempDir
    static Path folder;

    private static SensorProgram program;

    @BeforeAll
    static void compile() throws Exception {
        program = SensorProgram.compile(folder);
    }

    /** Frames, of which each kind of matrix and envelope has some: 10,240 together. */
    @ParameterizedTest
    @CsvSource({"sparse, 64, 256, 4, 1, -, 5000, 0", "sparse, 64, 256, 4, 23, -, 1000, 16",
        "sparse, 26, 256, 4, 99, key, 2000, 5", "sparse, 1, 7, 1, 3, -, 40, 1",
        "sparse, 500, 1000, 8, 12345678901234, key, 100, 256", "sparse, 9, 300, 9, 5, -, 100, 0",
        "signs, 64, 256, 0, 18446744073709551615, key, 1000, 16", "signs, 33, 101, 0, 7, -, 1000, 3"})
    void frames_ofAnyMatrix_areThoseOfTheSimulation(String kind, int m, int n, int ones, String seed, String key,
            int count, int heldOut) throws Exception {
        MeasurementMatrix matrix = kind.equals("sparse")
                ? MeasurementMatrix.sparseBinary(m, n, ones, Long.parseUnsignedLong(seed))
                : MeasurementMatrix.rademacher(m, n, Long.parseUnsignedLong(seed));
        short[] samples = samples(count * n);
        int[] at = {0};
        FrameSource expected = new FrameSource(SENSOR, into -> {
            for (int i = 0; i < n; i++) {
                into[i] = samples[at[0]++];
            }
        }, matrix, 360, BOOT, false).heldOut(heldOut, Long.parseUnsignedLong(seed));
        Mac0Writer envelopes = new Mac0Writer();
        FrameKey secret = new FrameKey(HexFormat.of().parseHex(KEY));
        UnaryOperator<byte[]> envelope = key.equals("-") ? UnaryOperator.identity()
                : frame -> envelopes.write(frame, SENSOR, secret);
        byte[] first = expected.next(-5);
        List<byte[]> frames = program.frames(bytes(samples), List.of(kind, Integer.toString(m), Integer.toString(n),
                Integer.toString(ones), seed, SENSOR, Long.toString(BOOT), "360/1", "-5",
                Long.toString(expected.windowNanos()), Float.toHexString(scaleOf(first)), matrix.id(),
                key.equals("-") ? key : KEY, Integer.toString(heldOut)));
        assertEquals(count, frames.size());
        assertArrayEquals(envelope.apply(first), frames.get(0));
        for (int frame = 1; frame < count; frame++) {
            assertArrayEquals(envelope.apply(expected.next(-5)), frames.get(frame), "frame " + frame);
        }
        assertTrue(m < 64 || expected.clipped() > 0, "values beyond the range are among them");
    }

    @Test
    void frame_ofASensorWithoutClockAndScale_leavesBothOut() throws Exception {
        MeasurementMatrix matrix = MeasurementMatrix.sparseBinary(4, 16, 2, 1);
        byte[] frame = program.frames(bytes(samples(16)), List.of("sparse", "4", "16", "2", "1", SENSOR, "23",
                "15625/8", "-", "0", "1", matrix.id(), "-", "0")).get(0);
        Frame read = new Frame();
        assertEquals(null, new FrameReader(LIMITS).read(frame, SENSOR, read));
        assertTrue(!read.hasT0() && read.scale() == 1 && read.boot() == 23 && read.matrixId() == matrix.idBits());
        assertEquals(15_625.0 / 8, (double) read.rateNumerator() / read.rateDenominator());
    }

    /** Freestanding, so that nothing of a C library can have been used, and within what small processors have. */
    @ParameterizedTest
    @CsvSource({"thumbv6m-none-eabi, -mcpu=cortex-m0", "thumbv7em-none-eabihf, -mcpu=cortex-m4",
        "aarch64-none-elf, -mcpu=cortex-a53"})
    void encoder_forOtherProcessors_compilesWithoutAWarning(String target, String processor) throws Exception {
        assertTrue(SensorProgram.codeBytes(folder, target, processor) < 16_384);
    }

    private static float scaleOf(byte[] frame) throws IOException {
        Frame read = new Frame();
        assertEquals(null, new FrameReader(LIMITS).read(frame, SENSOR, read));
        return read.scale();
    }

    /** Small ones at first, by which the simulation sets its scale, and all that 16 bits hold later. */
    private static short[] samples(int count) {
        Random random = new Random(count);
        short[] samples = new short[count];
        for (int i = 0; i < count; i++) {
            samples[i] = (short) (random.nextGaussian() * (i < count / 2 ? 100 : 8000));
        }
        return samples;
    }

    private static byte[] bytes(short[] samples) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asShortBuffer().put(samples);
        return bytes.array();
    }
}
