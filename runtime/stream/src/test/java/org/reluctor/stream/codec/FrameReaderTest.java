package org.reluctor.stream.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameReaderTest {
    private static final List<String> GOOD = List.of("frame-s16", "frame-s16-full", "frame-f32", "frame-f16",
        "frame-u16", "frame-s32", "frame-s8");

    private final FrameReader reader = new FrameReader(Vectors.LIMITS);
    private final Frame frame = new Frame();

    private static FrameFields fields() {
        return FrameFields.of(Vectors.SENSOR, 360, 1, 0x0123456789abcdefL, 256, 64).at(3, 77);
    }

    private FrameFault read(byte[] payload) {
        return reader.read(payload, Vectors.SENSOR, frame);
    }

    @Test
    void read_goodFrameCutAnywhere_isTruncated() {
        for (String name : GOOD) {
            byte[] payload = Vectors.payload(name);
            assertEquals(FrameFault.EMPTY, read(new byte[0]));
            for (int length = 1; length < payload.length; length++) {
                assertEquals(FrameFault.TRUNCATED, read(Arrays.copyOf(payload, length)), name + " cut at " + length);
            }
        }
    }

    @Test
    void read_mutatedFrames_neitherThrowsNorHangs() {
        SplittableRandom random = new SplittableRandom(20261121);
        byte[][] good = GOOD.stream().map(Vectors::payload).toArray(byte[][]::new);
        float[] y = new float[Vectors.LIMITS.maxMeasurements()];
        int[] outcomes = new int[2];
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            for (int i = 0; i < 200_000; i++) {
                byte[] payload = mutated(good[random.nextInt(good.length)], random);
                FrameFault fault = read(payload);
                outcomes[fault == null ? 0 : 1]++;
                if (fault == null) {
                    frame.measurements(y, 0);
                    frame.heldOut(y, 0);
                } else {
                    assertFalse(reader.faultDetail().isEmpty() || reader.faultField().isEmpty());
                }
            }
        });
        assertTrue(outcomes[0] > 1_000 && outcomes[1] > 100_000, Arrays.toString(outcomes));
    }

    /** One to four changes, each a byte replaced, a bit turned over, a byte inserted or removed, or the end cut. */
    private static byte[] mutated(byte[] good, SplittableRandom random) {
        byte[] payload = good.clone();
        for (int changes = random.nextInt(1, 5); changes > 0 && payload.length > 0; changes--) {
            int at = random.nextInt(payload.length);
            switch (random.nextInt(5)) {
                case 0 -> payload[at] = (byte) random.nextInt();
                case 1 -> payload[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> payload = spliced(payload, at, at, random);
                case 3 -> payload = spliced(payload, at, at + 1, random);
                default -> payload = random.nextInt(8) == 0 ? Arrays.copyOf(payload, at) : payload;
            }
        }
        return payload;
    }

    /** Inserts a byte at {@code from} when {@code to} is the same, else leaves out what lies between. */
    private static byte[] spliced(byte[] payload, int from, int to, SplittableRandom random) {
        int inserted = to == from ? 1 : 0;
        byte[] result = new byte[payload.length + inserted - (to - from)];
        System.arraycopy(payload, 0, result, 0, from);
        if (inserted == 1) {
            result[from] = (byte) random.nextInt();
        }
        System.arraycopy(payload, to, result, from + inserted, payload.length - to);
        return result;
    }

    @Test
    void read_randomBytes_isRefused() {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 100_000; i++) {
            byte[] payload = new byte[random.nextInt(1, 64)];
            random.nextBytes(payload);
            assertNotNull(read(payload));
        }
    }

    @Test
    void read_goodFrames_allocatesNothing() {
        byte[][] good = GOOD.stream().map(Vectors::payload).toArray(byte[][]::new);
        float[] y = new float[Vectors.LIMITS.maxMeasurements()];
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long self = Thread.currentThread().getId();
        readAll(good, y, 20_000);
        long before = threads.getThreadAllocatedBytes(self);
        int refused = readAll(good, y, 10_000);
        long allocated = threads.getThreadAllocatedBytes(self) - before;
        assertEquals(0, refused);
        assertEquals(0, allocated);
    }

    private int readAll(byte[][] good, float[] y, int times) {
        int refused = 0;
        for (int i = 0; i < times; i++) {
            FrameFault fault = reader.read(good[i % good.length], Vectors.SENSOR, frame);
            if (fault == null) {
                fault = reader.match(frame, frame.matrixId(), frame.n(), frame.m(), frame.channels());
            }
            refused += fault == null ? 0 : 1;
            frame.measurements(y, 0);
            frame.heldOut(y, 0);
        }
        return refused;
    }

    @Test
    void read_partOfArray_isAsWholePayload() {
        byte[] payload = Vectors.payload("frame-s16-full");
        byte[] larger = new byte[payload.length + 20];
        Arrays.fill(larger, (byte) 0xff);
        System.arraycopy(payload, 0, larger, 7, payload.length);
        assertNull(reader.read(larger, 7, payload.length, Vectors.SENSOR, frame));
        float[] y = new float[6];
        frame.measurements(y, 0);
        assertEquals(8.75f, y[3]);
        assertEquals(FrameFault.TRUNCATED, reader.read(larger, 7, payload.length - 1, Vectors.SENSOR, frame));
        assertEquals(FrameFault.TRAILING_BYTES, reader.read(larger, 7, payload.length + 1, Vectors.SENSOR, frame));
    }

    @Test
    void read_overMaxBytes_isTooLargeBeforeAnythingElse() {
        byte[] nonsense = new byte[Vectors.LIMITS.maxBytes() + 1];
        assertEquals(FrameFault.TOO_LARGE, read(nonsense));
        assertTrue(reader.faultDetail().contains("1025") && reader.faultDetail().contains("1024"));
        assertFalse(frame.hasIdentity());
        assertEquals(FrameFault.NOT_CBOR, read(new byte[Vectors.LIMITS.maxBytes()]));
    }

    @Test
    void read_faultAfterIdentity_keepsBootAndSeq() {
        assertEquals(FrameFault.ARRAY_LENGTH, read(new FrameWriter().write(fields(), new short[63])));
        assertTrue(frame.hasIdentity());
        assertEquals(3, frame.boot());
        assertEquals(77, frame.seq());
        assertEquals(FrameFault.SENSOR_MISMATCH,
            reader.read(new FrameWriter().write(fields(), new short[64]), "ward3/ecg-8", frame));
        assertTrue(frame.hasIdentity());
        assertNull(frame.sensor());
        assertEquals("sensor is \"ward3/ecg-7\"; the topic says \"ward3/ecg-8\"", reader.faultDetail());
    }

    @Test
    void read_faultBeforeIdentity_forgetsTheFrameBefore() {
        assertNull(read(new FrameWriter().write(fields(), new short[64])));
        assertEquals(FrameFault.TRUNCATED, read(new byte[] {(byte) 0xa9}));
        assertFalse(frame.hasIdentity());
        assertEquals(0, frame.seq());
    }

    @Test
    void read_goodFrameAfterFault_leavesNoFault() {
        assertEquals(FrameFault.EMPTY, read(new byte[0]));
        assertNull(read(new FrameWriter().write(fields(), new short[64])));
        assertEquals("", reader.faultDetail());
        assertEquals("", reader.faultField());
    }

    @Test
    void read_wrongValue_isNamedWithWhatWouldBeRight() {
        read(new FrameWriter().write(FrameFields.of(Vectors.SENSOR, 360, 1, 0, 256, 300), new short[300]));
        assertEquals("m is 300; 1 to 256 is right", reader.faultDetail());
        read(new FrameWriter().write(fields(), new short[63]));
        assertEquals("y has 63 elements; 64 are right, for 1 channel", reader.faultDetail());
        float[] y = new float[64];
        y[5] = Float.NaN;
        read(new FrameWriter().write(fields(), y));
        assertEquals("y[5] is NaN, with scale 1.0 and offset 0.0; finite measurements are right",
            reader.faultDetail());
        read(new byte[] {(byte) 0xa1, 0, 0x61, '1'});
        assertEquals("at byte 2: text; an unsigned integer is right", reader.faultDetail());
    }

    @Test
    void match_otherNetwork_namesFieldAtFault() {
        assertNull(read(new FrameWriter().write(fields(), new short[64])));
        assertNull(reader.match(frame, 0x0123456789abcdefL, 256, 64, 1));
        assertNull(reader.match(frame, 0, 256, 64, 1));
        assertEquals(FrameFault.MATRIX, reader.match(frame, 1, 256, 64, 1));
        assertEquals("matrix is 0123456789abcdef; the network of this sensor takes 0000000000000001",
            reader.faultDetail());
        assertEquals(FrameFault.SAMPLES, reader.match(frame, 1, 512, 64, 1));
        assertEquals("n", reader.faultField());
        assertEquals(FrameFault.MEASUREMENTS, reader.match(frame, 1, 256, 65, 1));
        assertEquals("m is 64; the network of this sensor takes 65", reader.faultDetail());
        assertEquals(FrameFault.CHANNELS, reader.match(frame, 1, 256, 64, 2));
        assertNull(reader.match(frame, 0, 256, 64, 1));
        assertEquals("", reader.faultDetail());
    }

    @Test
    void read_explicitDefaults_isAccepted() throws IOException {
        Map<Integer, Object> map = jacksonMap();
        map.put(9, 1L);
        map.put(10, 1f);
        map.put(11, 0f);
        map.put(12, new JacksonFrame.Tagged(77, new byte[] {1, 0, 2, 0}));
        assertNull(read(JacksonFrame.write(map)), reader::faultDetail);
        assertEquals(2, frame.m());
    }

    @ParameterizedTest
    @EnumSource
    void read_mapWrittenByJackson_givesItsValues(ArrayType type) throws IOException {
        Map<Integer, Object> map = jacksonMap();
        map.put(4, -5_000_000_000_000L);
        map.put(10, 0.25f);
        map.put(11, 2f);
        byte[] elements = {0, 0x3c, 0x11, 0x2a, 0, 0x40, 0x33, 0x44};
        JacksonFrame.Tagged y = new JacksonFrame.Tagged(type.tag(), Arrays.copyOf(elements, 2 * type.elementBytes()));
        map.put(12, y);
        assertNull(read(JacksonFrame.write(map)), reader::faultDetail);
        assertEquals(-5_000_000_000_000L, frame.t0());
        assertEquals(Long.MAX_VALUE, frame.seq());
        assertEquals(48_000, frame.rateNumerator());
        assertEquals(1001, frame.rateDenominator());
        float[] values = new float[2];
        frame.measurements(values, 0);
        double[] raw = y.elements();
        assertEquals((float) (0.25 * raw[0] + 2), values[0]);
        assertEquals((float) (0.25 * raw[1] + 2), values[1]);
    }

    private static Map<Integer, Object> jacksonMap() {
        Map<Integer, Object> map = new LinkedHashMap<>();
        map.put(0, 1L);
        map.put(1, Vectors.SENSOR);
        map.put(2, 300L);
        map.put(3, Long.MAX_VALUE);
        map.put(4, 0L);
        map.put(5, new long[] {48_000, 1001});
        map.put(6, new byte[8]);
        map.put(7, 1000L);
        map.put(8, 2L);
        return map;
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 8})
    void read_integersScaledToTheEdge_areFiniteUpToFloatMax(int sizeOfScale) throws IOException {
        float scale = Float.MAX_VALUE / sizeOfScale;
        FrameFields scaled = FrameFields.of(Vectors.SENSOR, 1, 1, 0, 2, 1).scaled(scale, 0);
        assertNull(read(new FrameWriter().write(scaled, new short[] {(short) (sizeOfScale - 1)})));
        assertEquals(FrameFault.NOT_FINITE,
            read(new FrameWriter().write(scaled, new short[] {(short) (-sizeOfScale - 1)})));
    }

    @Test
    void write_elementThatTypeCannotHold_isRefused() {
        FrameWriter writer = new FrameWriter();
        float[] none = new float[0];
        assertThrows(IllegalArgumentException.class,
            () -> writer.write(fields(), ArrayType.INT16, new float[] {0.5f}, none));
        assertThrows(IllegalArgumentException.class,
            () -> writer.write(fields(), ArrayType.INT8, new float[] {128}, none));
        assertThrows(IllegalArgumentException.class,
            () -> writer.write(fields(), ArrayType.UINT16, new float[] {-1}, none));
        assertThrows(IllegalArgumentException.class,
            () -> writer.write(fields(), ArrayType.INT32, new float[] {0x1p31f}, none));
        assertThrows(IllegalArgumentException.class,
            () -> writer.write(fields(), ArrayType.FLOAT32, new int[] {1}));
    }

    @Test
    void limits_belowOne_areRefused() {
        String message = assertThrows(IllegalArgumentException.class, () -> new FrameLimits(1, 1, 0, 1)).getMessage();
        assertEquals("maxMeasurements is 0; at least 1 is right", message);
    }
}
