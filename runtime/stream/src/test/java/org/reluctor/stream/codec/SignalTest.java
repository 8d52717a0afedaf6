package org.reluctor.stream.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signals against config/vectors, both ways, Jackson's reading of the same bytes, and what is refused. */
class SignalTest {
    private static final int MAX_BYTES = 100_000;

    private final SignalReader reader = new SignalReader(MAX_BYTES);
    private final SignalWriter writer = new SignalWriter();

    private static SignalFields fields(int channels, int n) {
        return new SignalFields().identity(Vectors.SENSOR, 1, 2).rate(360, 1).shape(channels, n).model(9)
            .residual(0.5f).latencyMicros(12);
    }

    @ParameterizedTest
    @ValueSource(strings = {"signal-f32", "signal-f32-full", "signal-s16", "signal-f16"})
    void read_vector_hasItsMeaning(String name) {
        JsonNode meaning = Vectors.meaning(name);
        Signal signal = reader.read(Vectors.payload(name));
        assertEquals(meaning.get("sensor").textValue(), signal.sensor());
        assertEquals(meaning.get("boot").textValue(), Long.toUnsignedString(signal.boot()));
        assertEquals(meaning.get("seq").textValue(), Long.toUnsignedString(signal.seq()));
        assertEquals(!meaning.get("t0").isNull(), signal.hasT0());
        assertEquals(meaning.get("t0").asLong(0), signal.t0());
        assertEquals(meaning.get("rate").get(0).asLong(), signal.rateNumerator());
        assertEquals(meaning.get("rate").get(1).asLong(), signal.rateDenominator());
        assertEquals(meaning.get("n").intValue(), signal.n());
        assertEquals(meaning.get("channels").intValue(), signal.channels());
        assertArrayEquals(Vectors.floats(meaning.get("x")), signal.x());
        assertEquals(meaning.get("model").textValue(), HexFormat.of().toHexDigits(signal.modelId()));
        assertEquals(meaning.get("unit").textValue(), signal.unit());
        assertEquals(floatOrNaN(meaning.get("residual")), signal.residual());
        assertEquals(floatOrNaN(meaning.get("errorBound")), signal.errorBound());
        assertEquals(meaning.get("latency").asLong(), signal.latencyMicros());
        assertEquals(meaning.get("flags").intValue(), signal.flags());
    }

    private static float floatOrNaN(JsonNode value) {
        return value.isNull() ? Float.NaN : (float) value.doubleValue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"signal-f32", "signal-f32-full", "signal-s16", "signal-f16"})
    void write_meaningOfVector_hasItsBytes(String name) {
        JsonNode meaning = Vectors.meaning(name);
        SignalFields fields = new SignalFields()
            .identity(meaning.get("sensor").textValue(), Long.parseUnsignedLong(meaning.get("boot").textValue()),
                Long.parseUnsignedLong(meaning.get("seq").textValue()))
            .rate(meaning.get("rate").get(0).asLong(), meaning.get("rate").get(1).asLong())
            .shape(meaning.get("channels").intValue(), meaning.get("n").intValue())
            .model(HexFormat.fromHexDigitsToLong(meaning.get("model").textValue()))
            .unit(meaning.get("unit").textValue())
            .residual(floatOrNaN(meaning.get("residual"))).errorBound(floatOrNaN(meaning.get("errorBound")))
            .latencyMicros(meaning.get("latency").asLong()).flags(meaning.get("flags").intValue());
        if (!meaning.get("t0").isNull()) {
            fields.t0(meaning.get("t0").asLong());
        }
        float[] x = Vectors.floats(meaning.get("x"));
        float[] later = new float[x.length + 3];
        System.arraycopy(x, 0, later, 3, x.length);
        ArrayType type = ArrayType.valueOf(meaning.get("type").textValue());
        assertArrayEquals(Vectors.payload(name), writer.write(fields, later, 3, type));
    }

    @Test
    void jackson_readingSignal_findsItsMeaning() throws IOException {
        Map<Integer, Object> map = JacksonFrame.read(Vectors.payload("signal-f32-full"));
        assertEquals(BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE), map.get(3));
        assertEquals(BigInteger.ONE.negate(), map.get(4));
        assertEquals(List.of(BigInteger.valueOf(15625), BigInteger.valueOf(128)), map.get(5));
        assertEquals(BigInteger.TWO, map.get(9));
        assertArrayEquals(new double[] {1, 2, 3, -0.1f, -0.2f, -0.3f},
            ((JacksonFrame.Tagged) map.get(16)).elements());
        assertArrayEquals(HexFormat.of().parseHex("fedcba9876543210"), (byte[]) map.get(17));
        assertEquals("mV", map.get(18));
        assertEquals(0.0625f, map.get(19));
        assertEquals(0.7f, map.get(20));
        assertEquals(BigInteger.valueOf(70_000), map.get(21));
        assertEquals(BigInteger.valueOf(9), map.get(22));
        assertEquals(15, map.size());
    }

    @Test
    void write_answeringFrame_repeatsItsIdentity() {
        Frame frame = new Frame();
        assertNull(new FrameReader(Vectors.LIMITS).read(Vectors.payload("frame-s16-full"), Vectors.SENSOR, frame));
        float[] x = new float[frame.channels() * frame.n()];
        x[256 + 3] = 42;
        SignalFields fields = new SignalFields().answering(frame).flags(Signal.FLAG_GAP | Signal.FLAG_LATE);
        Signal signal = reader.read(writer.write(fields, x, 0));
        assertEquals(frame.sensor(), signal.sensor());
        assertEquals(frame.boot(), signal.boot());
        assertEquals(frame.seq(), signal.seq());
        assertTrue(signal.hasT0());
        assertEquals(frame.t0(), signal.t0());
        assertEquals(frame.rateNumerator(), signal.rateNumerator());
        assertEquals(frame.rateDenominator(), signal.rateDenominator());
        assertEquals(42, signal.x(1, 3));
        assertTrue(signal.has(Signal.FLAG_GAP) && signal.has(Signal.FLAG_LATE));
        assertFalse(signal.has(Signal.FLAG_RESIDUAL) || signal.has(Signal.FLAG_RANGE));
        assertTrue(Float.isNaN(signal.residual()) && Float.isNaN(signal.errorBound()));
    }

    @Test
    void write_floats_keepsEveryBit() {
        float[] x = {-0f, Float.NaN, Float.POSITIVE_INFINITY, Float.MIN_VALUE, -Float.MAX_VALUE};
        float[] read = reader.read(writer.write(fields(1, 5), x, 0)).x();
        for (int i = 0; i < x.length; i++) {
            assertEquals(Float.floatToIntBits(x[i]), Float.floatToIntBits(read[i]));
        }
    }

    @Test
    void write_smallerTypes_keepTheirPromiseOfError() {
        SplittableRandom random = new SplittableRandom(3);
        for (int round = 0; round < 300; round++) {
            float size = (float) Math.pow(2, random.nextInt(-140, 127));
            float[] x = new float[50];
            float largest = 0;
            for (int i = 0; i < x.length; i++) {
                x[i] = (float) random.nextDouble(-1, 1) * size;
                largest = Math.max(largest, Math.abs(x[i]));
            }
            float[] shorts = reader.read(writer.write(fields(5, 10), x, 0, ArrayType.INT16)).x();
            float[] halves = reader.read(writer.write(fields(5, 10), x, 0, ArrayType.FLOAT16)).x();
            for (int i = 0; i < x.length; i++) {
                double rounding = Math.ulp(x[i]);
                double step = Math.max(largest / 32767.0, Float.MIN_VALUE) + Float.MIN_VALUE;
                assertEquals(x[i], shorts[i], 0.5 * step * 1.0001 + rounding, "INT16 of " + x[i]);
                double half = Math.max(Math.abs(x[i]) * 0x1p-11, largest * 0x1p-38);
                assertEquals(x[i], halves[i], half + rounding, "FLOAT16 of " + x[i]);
            }
        }
    }

    @Test
    void write_zerosInSmallerTypes_areZeros() {
        float[] zeros = new float[4];
        assertArrayEquals(zeros, reader.read(writer.write(fields(1, 4), zeros, 0, ArrayType.INT16)).x());
        assertArrayEquals(zeros, reader.read(writer.write(fields(1, 4), zeros, 0, ArrayType.FLOAT16)).x());
    }

    @Test
    void write_whatTypeCannotCarry_isRefused() {
        float[] x = {1, Float.NaN};
        assertEquals("sample 1 is NaN; finite samples are right in other than FLOAT32",
            assertThrows(IllegalArgumentException.class, () -> writer.write(fields(1, 2), x, 0, ArrayType.INT16))
                .getMessage());
        assertThrows(IllegalArgumentException.class, () -> writer.write(fields(1, 2), x, 0, ArrayType.INT8));
    }

    @Test
    void write_warm_allocatesItsResultOnly() {
        SignalFields fields = fields(1, 256).unit("mV");
        float[] x = new float[256];
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long self = Thread.currentThread().getId();
        int size = writeAll(fields, x, 20_000);
        long before = threads.getThreadAllocatedBytes(self);
        writeAll(fields, x, 1_000);
        long each = (threads.getThreadAllocatedBytes(self) - before) / 1_000;
        assertTrue(each <= size + 24, each + " bytes for a signal of " + size);
    }

    private int writeAll(SignalFields fields, float[] x, int times) {
        int size = 0;
        for (int i = 0; i < times; i++) {
            size = writer.write(fields.identity(Vectors.SENSOR, 1, 1_000_000 + i), x, 0).length;
        }
        return size;
    }

    @Test
    void read_cutAnywhere_throwsFormatException() {
        byte[] payload = Vectors.payload("signal-f32-full");
        for (int length = 1; length < payload.length; length++) {
            byte[] cut = Arrays.copyOf(payload, length);
            SignalFormatException refused = assertThrows(SignalFormatException.class, () -> reader.read(cut));
            assertEquals(FrameFault.TRUNCATED, refused.fault());
        }
        assertEquals(FrameFault.EMPTY,
            assertThrows(SignalFormatException.class, () -> reader.read(new byte[0])).fault());
        assertEquals(FrameFault.TOO_LARGE,
            assertThrows(SignalFormatException.class, () -> reader.read(new byte[MAX_BYTES + 1])).fault());
    }

    @Test
    void read_frame_saysWhatIsNoSignal() {
        SignalFormatException refused =
            assertThrows(SignalFormatException.class, () -> reader.read(Vectors.payload("frame-s16")));
        assertEquals("key 6: key 6 is not part of a signal of version 1", refused.getMessage());
        assertEquals("key 6", refused.field());
    }

    @Test
    void read_hugeShape_allocatesNothingForIt() {
        byte[] payload = writer.write(fields(1, 4), new float[4], 0);
        byte[] claims = new byte[payload.length + 4];
        int n = indexOf(payload, new byte[] {7, 4});
        System.arraycopy(payload, 0, claims, 0, n + 1);
        System.arraycopy(HexFormat.of().parseHex("1a7fffffff"), 0, claims, n + 1, 5);
        System.arraycopy(payload, n + 2, claims, n + 6, payload.length - n - 2);
        SignalFormatException refused = assertThrows(SignalFormatException.class, () -> reader.read(claims));
        assertEquals("x: x has 4 elements; n·channels, 2147483647, are right", refused.getMessage());
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        for (int i = 0; i <= bytes.length - part.length; i++) {
            if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
                return i;
            }
        }
        throw new AssertionError("absent");
    }

    @Test
    void read_unitThatIsNotUtf8_isRefused() {
        byte[] payload = writer.write(fields(1, 1).unit("mV"), new float[1], 0);
        payload[indexOf(payload, new byte[] {'m', 'V'})] = (byte) 0xff;
        SignalFormatException refused = assertThrows(SignalFormatException.class, () -> reader.read(payload));
        assertEquals("unit: unit is \"?V\", which is not UTF-8", refused.getMessage());
    }
}
