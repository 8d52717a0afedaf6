package org.reluctor.stream.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigInteger;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames against config/vectors, both ways, and Jackson's reading of the same bytes. */
class FrameVectorsTest {
    private final FrameReader reader = new FrameReader(Vectors.LIMITS);
    private final Frame frame = new Frame();

    @ParameterizedTest
    @ValueSource(strings = {"frame-s16", "frame-s16-full", "frame-f32", "frame-f16", "frame-u16", "frame-s32",
        "frame-s8"})
    void read_vector_hasItsMeaning(String name) {
        JsonNode meaning = Vectors.meaning(name);
        assertNull(reader.read(Vectors.payload(name), Vectors.SENSOR, frame), reader::faultDetail);
        assertTrue(frame.hasIdentity());
        assertTrue(frame.sensorEquals(meaning.get("sensor").textValue()));
        assertFalse(frame.sensorEquals("ward3/other"));
        assertEquals(meaning.get("boot").textValue(), Long.toUnsignedString(frame.boot()));
        assertEquals(meaning.get("seq").textValue(), Long.toUnsignedString(frame.seq()));
        assertEquals(meaning.get("t0").isNull(), !frame.hasT0());
        assertEquals(meaning.get("t0").asLong(0), frame.t0());
        assertEquals(meaning.get("rate").get(0).asLong(), frame.rateNumerator());
        assertEquals(meaning.get("rate").get(1).asLong(), frame.rateDenominator());
        assertEquals(meaning.get("matrix").textValue(), HexFormat.of().toHexDigits(frame.matrixId()));
        assertEquals(meaning.get("n").intValue(), frame.n());
        assertEquals(meaning.get("m").intValue(), frame.m());
        assertEquals(meaning.get("channels").intValue(), frame.channels());
        assertEquals((float) meaning.get("scale").doubleValue(), frame.scale());
        assertEquals((float) meaning.get("offset").doubleValue(), frame.offset());
        assertEquals(meaning.get("type").textValue(), frame.measurementType().name());
        float[] y = new float[frame.channels() * frame.m() + 2];
        frame.measurements(y, 1);
        float[] expected = new float[y.length];
        System.arraycopy(Vectors.floats(meaning.get("y")), 0, expected, 1, expected.length - 2);
        assertArrayEquals(expected, y);
        assertHeldOut(meaning.get("heldOut"));
    }

    private void assertHeldOut(JsonNode meaning) {
        if (meaning.isNull()) {
            assertEquals(0, frame.heldOutCount() + frame.heldOutRows() + frame.heldOutSeed());
            return;
        }
        assertEquals(meaning.get("seed").textValue(), Long.toUnsignedString(frame.heldOutSeed()));
        assertEquals(meaning.get("rows").intValue(), frame.heldOutRows());
        float[] values = new float[frame.heldOutCount()];
        frame.heldOut(values, 0);
        assertArrayEquals(Vectors.floats(meaning.get("values")), values);
    }

    @ParameterizedTest
    @ValueSource(strings = {"frame-s16", "frame-s16-full", "frame-f32", "frame-f16", "frame-u16", "frame-s32",
        "frame-s8"})
    void write_meaningOfVector_hasItsBytes(String name) {
        JsonNode meaning = Vectors.meaning(name);
        FrameFields fields = fields(meaning);
        byte[] written;
        if (name.equals("frame-s32")) {
            int[] raw = {0, 2147483647, -2147483648, 16777217};
            written = new FrameWriter().write(fields, ArrayType.INT32, raw);
        } else {
            float[] heldOut = meaning.get("heldOut").isNull()
                ? new float[0] : Vectors.floats(meaning.get("heldOut").get("raw"));
            ArrayType type = ArrayType.valueOf(meaning.get("type").textValue());
            written = new FrameWriter().write(fields, type, Vectors.floats(meaning.get("raw")), heldOut);
        }
        assertArrayEquals(Vectors.payload(name), written);
    }

    private static FrameFields fields(JsonNode meaning) {
        JsonNode heldOut = meaning.get("heldOut");
        FrameFields fields = FrameFields.of(meaning.get("sensor").textValue(), meaning.get("rate").get(0).asLong(),
                meaning.get("rate").get(1).asLong(), HexFormat.fromHexDigitsToLong(meaning.get("matrix").textValue()),
                meaning.get("n").intValue(), meaning.get("m").intValue())
            .at(Long.parseUnsignedLong(meaning.get("boot").textValue()),
                Long.parseUnsignedLong(meaning.get("seq").textValue()))
            .channels(meaning.get("channels").intValue())
            .scaled((float) meaning.get("scale").doubleValue(), (float) meaning.get("offset").doubleValue())
            .heldOutSeed(heldOut.isNull() ? 0 : Long.parseUnsignedLong(heldOut.get("seed").textValue()));
        return meaning.get("t0").isNull() ? fields : fields.t0(Long.parseLong(meaning.get("t0").textValue()));
    }

    @Test
    void write_shortAndFloatArrays_haveBytesOfVectors() {
        FrameWriter writer = new FrameWriter();
        short[] shorts = {1, -2, 32767, -32768};
        assertArrayEquals(Vectors.payload("frame-s16"), writer.write(fields(Vectors.meaning("frame-s16")), shorts));
        JsonNode floats = Vectors.meaning("frame-f32");
        assertArrayEquals(Vectors.payload("frame-f32"),
            writer.write(fields(floats), Vectors.floats(floats.get("raw"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"frame-s16", "frame-s16-full", "frame-f32", "frame-f16", "frame-u16", "frame-s32",
        "frame-s8"})
    void jackson_readingVector_findsItsMeaning(String name) throws IOException {
        JsonNode meaning = Vectors.meaning(name);
        Map<Integer, Object> fields = JacksonFrame.read(Vectors.payload(name));
        assertEquals(BigInteger.ONE, fields.get(0));
        assertEquals(meaning.get("sensor").textValue(), fields.get(1));
        assertEquals(new BigInteger(meaning.get("boot").textValue()), fields.get(2));
        assertEquals(new BigInteger(meaning.get("seq").textValue()), fields.get(3));
        assertEquals(meaning.get("t0").isNull() ? null : new BigInteger(meaning.get("t0").textValue()), fields.get(4));
        assertEquals(List.of(new BigInteger(meaning.get("rate").get(0).textValue()),
            new BigInteger(meaning.get("rate").get(1).textValue())), fields.get(5));
        assertEquals(meaning.get("matrix").textValue(), HexFormat.of().formatHex((byte[]) fields.get(6)));
        assertEquals(BigInteger.valueOf(meaning.get("n").longValue()), fields.get(7));
        assertEquals(BigInteger.valueOf(meaning.get("m").longValue()), fields.get(8));
        double scale = (Float) fields.getOrDefault(10, 1f);
        double offset = (Float) fields.getOrDefault(11, 0f);
        JacksonFrame.Tagged y = (JacksonFrame.Tagged) fields.get(12);
        assertEquals(ArrayType.valueOf(meaning.get("type").textValue()).tag(), y.tag());
        double[] raw = y.elements();
        float[] values = new float[raw.length];
        for (int i = 0; i < raw.length; i++) {
            assertEquals(meaning.get("raw").get(i).doubleValue(), raw[i]);
            values[i] = (float) (scale * raw[i] + offset);
        }
        assertArrayEquals(Vectors.floats(meaning.get("y")), values);
    }

    @Test
    void read_everyRefusedVector_namesReasonAndField() {
        JsonNode file = Vectors.meaning("frame-refused");
        JsonNode limits = file.get("limits");
        assertEquals(Vectors.LIMITS, new FrameLimits(limits.get("maxBytes").intValue(),
            limits.get("maxSamples").intValue(), limits.get("maxMeasurements").intValue(),
            limits.get("maxChannels").intValue()));
        Set<String> reasons = new TreeSet<>();
        for (JsonNode vector : file.get("frames")) {
            String name = vector.get("name").textValue();
            byte[] payload = HexFormat.of().parseHex(vector.get("hex").textValue());
            FrameFault fault = reader.read(payload, file.get("sensor").textValue(), frame);
            assertEquals(vector.get("reason").textValue(), fault == null ? "none" : fault.reason(),
                () -> name + ": " + reader.faultDetail());
            if (!vector.get("field").isNull()) {
                assertEquals(vector.get("field").textValue(), reader.faultField(), name);
            }
            assertFalse(reader.faultDetail().isBlank(), name);
            reasons.add(fault.reason());
        }
        assertEveryKindOfReader(reasons);
    }

    /** What only a route or the pipeline can find has its own tests. */
    private static void assertEveryKindOfReader(Set<String> reasons) {
        Set<FrameFault> byReader = EnumSet.range(FrameFault.EMPTY, FrameFault.HELD_OUT);
        byReader.remove(FrameFault.MATRIX);
        for (FrameFault fault : FrameFault.values()) {
            assertEquals(byReader.contains(fault), reasons.contains(fault.reason()), fault.reason());
        }
    }
}
