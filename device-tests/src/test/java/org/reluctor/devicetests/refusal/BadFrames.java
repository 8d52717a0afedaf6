package org.reluctor.devicetests.refusal;

import static org.reluctor.devicetests.refusal.Cbor.float32;
import static org.reluctor.devicetests.refusal.Cbor.floats;
import static org.reluctor.devicetests.refusal.Cbor.head;
import static org.reluctor.devicetests.refusal.Cbor.hex;
import static org.reluctor.devicetests.refusal.Cbor.join;
import static org.reluctor.devicetests.refusal.Cbor.pair;
import static org.reluctor.devicetests.refusal.Cbor.tagged;
import static org.reluctor.devicetests.refusal.Cbor.text;
import static org.reluctor.devicetests.refusal.Cbor.unsigned;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.reluctor.devicetests.command.SmallNetworks;
import org.reluctor.stream.codec.FrameFault;

/** Every kind of bad frame, one row each. */
final class BadFrames {
    private static final String FIRST = Ward.SENSORS.get(0);
    private static final int TRUNCATION_STEP = 10;
    /** Behind the sequence number in a frame of {@link FrameSketch} with a number of five bytes. */
    private static final int IDENTITY_END = 3 + 2 + FIRST.length() + 2 + 6;

    private final List<BadFrame> rows = new ArrayList<>();

    private BadFrames() {
    }

    static List<BadFrame> all() {
        BadFrames frames = new BadFrames();
        frames.noFrames();
        frames.encodings();
        frames.keys();
        frames.identities();
        frames.shapes();
        frames.measurements();
        frames.surroundings();
        return frames.rows;
    }

    private void noFrames() {
        rows.add(raw("empty", FrameFault.EMPTY, ""));
        rows.add(raw("one byte", FrameFault.NOT_CBOR, "07"));
        rows.add(raw("one byte that promises a map", FrameFault.TRUNCATED, "a9"));
        rows.add(raw("one byte that is reserved", FrameFault.NOT_CBOR, "bc"));
        rows.add(BadFrame.of("text", FrameFault.NOT_CBOR, "payload",
                seq -> "{\"sensor\":\"ecg\",\"y\":[1,2,3]}".getBytes(StandardCharsets.UTF_8)).unidentified());
        int whole = Ward.sketch(FIRST, Ward.FAR).bytes().length;
        for (int length = TRUNCATION_STEP; length < whole; length += TRUNCATION_STEP) {
            int kept = length;
            BadFrame row = BadFrame.of("truncated after " + kept + " of " + whole + " bytes", FrameFault.TRUNCATED,
                    null, seq -> Arrays.copyOf(Ward.sketch(FIRST, seq).bytes(), kept));
            rows.add(kept < IDENTITY_END ? row.unidentified() : row);
        }
        rows.add(BadFrame.of("over frame.maxBytes", FrameFault.TOO_LARGE, "payload", seq -> Ward.sketch(FIRST, seq)
                .with(FrameSketch.Y, tagged(FrameSketch.FLOAT32, new byte[Ward.MAX_BYTES])).bytes()).unidentified());
    }

    private void encodings() {
        rows.add(BadFrame.of("map of indefinite length", FrameFault.INDEFINITE_LENGTH, "payload",
                seq -> join(hex("bf"), Ward.sketch(FIRST, seq).pairs(), hex("ff"))).unidentified());
        rows.add(spoilt("y of indefinite length", FrameFault.INDEFINITE_LENGTH, "y",
                sketch -> sketch.with(FrameSketch.Y, hex("d855 5f 44 00000000 ff"))));
        rows.add(spoilt("number in more bytes than needed", FrameFault.NON_SHORTEST, "n",
                sketch -> sketch.with(FrameSketch.SAMPLES, hex("19 0020"))));
        rows.add(spoilt("nesting 100 deep", FrameFault.TOO_DEEP, "t0",
                sketch -> sketch.with(FrameSketch.T0, join(hex("81".repeat(100)), hex("00")))));
        rows.add(spoilt("tags 100 deep", FrameFault.TOO_DEEP, "rate",
                sketch -> sketch.with(FrameSketch.RATE, join(hex("c1".repeat(100)), hex("00")))));
        rows.add(spoilt("declared length 2^40", FrameFault.LENGTH_OUT_OF_RANGE, "y",
                sketch -> sketch.with(FrameSketch.Y, join(hex("d855"), head(2, 1L << 40)))));
        rows.add(spoilt("declared length 2^64 - 1", FrameFault.LENGTH_OUT_OF_RANGE, "y",
                sketch -> sketch.with(FrameSketch.Y, join(hex("d855"), head(2, -1)))));
        rows.add(BadFrame.of("map of 2^40 pairs", FrameFault.LENGTH_OUT_OF_RANGE, "payload",
                seq -> join(head(Cbor.MAP, 1L << 40), Ward.sketch(FIRST, seq).pairs())).unidentified());
        rows.add(BadFrame.of("bytes behind the map", FrameFault.TRAILING_BYTES, "payload",
                seq -> join(Ward.sketch(FIRST, seq).bytes(), hex("00"))));
    }

    private void keys() {
        rows.add(BadFrame.of("duplicate key", FrameFault.DUPLICATE_KEY, "key",
                seq -> Ward.sketch(FIRST, seq).then(FrameSketch.Y, hex("00")).bytes()));
        rows.add(BadFrame.of("descending keys", FrameFault.KEY_ORDER, "key",
                seq -> Ward.sketch(FIRST, seq).then(FrameSketch.CHANNELS, hex("01")).bytes()));
        rows.add(spoilt("key that version 1 does not have", FrameFault.UNKNOWN_KEY, "key 15",
                sketch -> sketch.with(15, hex("01"))));
        rows.add(spoilt("key of 64 bits", FrameFault.UNKNOWN_KEY, "key 18446744073709551615",
                sketch -> sketch.then(-1, hex("01"))));
        rows.add(spoilt("key absent", FrameFault.MISSING_KEY, "rate", sketch -> sketch.without(FrameSketch.RATE)));
        rows.add(spoilt("held-out measurements without their rows", FrameFault.HELD_OUT, "heldOut",
                sketch -> sketch.with(13, tagged(FrameSketch.FLOAT32, floats(1)))));
        rows.add(spoilt("text for a number", FrameFault.WRONG_TYPE, "n",
                sketch -> sketch.with(FrameSketch.SAMPLES, text("32"))));
    }

    private void identities() {
        rows.add(spoilt("wrong version", FrameFault.VERSION, "version",
                sketch -> sketch.with(FrameSketch.VERSION, unsigned(2))).unidentified());
        rows.add(spoilt("sensor of another topic", FrameFault.SENSOR_MISMATCH, "sensor",
                sketch -> sketch.with(FrameSketch.SENSOR, text(Ward.SENSORS.get(1)))));
        rows.add(spoilt("sensor that would forge a log line", FrameFault.SENSOR_MISMATCH, "sensor",
                sketch -> sketch.with(FrameSketch.SENSOR, text("x\n2026-01-01 ERROR \tat forged\u001b[2J"))));
        rows.add(BadFrame.of("boot going back", FrameFault.BOOT, "boot",
                seq -> new FrameSketch(FIRST, Ward.BOOT - 1, seq, Ward.measurements(FIRST, seq)).bytes()));
    }

    private void shapes() {
        rows.add(spoilt("wrong matrix id", FrameFault.MATRIX, "matrix",
                sketch -> sketch.with(FrameSketch.MATRIX, Cbor.bytes(hex("0123456789abcdef")))));
        rows.add(spoilt("wrong m", FrameFault.MEASUREMENTS, "m", sketch -> sketch.with(FrameSketch.MEASUREMENTS,
                unsigned(4)).with(FrameSketch.Y, tagged(FrameSketch.FLOAT32, floats(1, 2, 3, 4)))));
        rows.add(spoilt("wrong n", FrameFault.SAMPLES, "n",
                sketch -> sketch.with(FrameSketch.SAMPLES, unsigned(SmallNetworks.N + 1))));
        rows.add(spoilt("n of 2^31", FrameFault.SAMPLES, "n",
                sketch -> sketch.with(FrameSketch.SAMPLES, unsigned(1L << 31))));
        rows.add(spoilt("channels 0", FrameFault.CHANNELS, "channels",
                sketch -> sketch.with(FrameSketch.CHANNELS, unsigned(0))));
        rows.add(spoilt("a channel too many", FrameFault.CHANNELS, "channels",
                sketch -> sketch.with(FrameSketch.CHANNELS, unsigned(2)).with(FrameSketch.Y,
                        tagged(FrameSketch.FLOAT32, new byte[8 * SmallNetworks.M]))));
        rows.add(spoilt("rate 360/0", FrameFault.RATE, "rate",
                sketch -> sketch.with(FrameSketch.RATE, pair(360, 0))));
    }

    private void measurements() {
        rows.add(spoilt("NaN in y", FrameFault.NOT_FINITE, "y",
                sketch -> sketch.with(FrameSketch.Y, oneOf(Float.NaN))));
        rows.add(spoilt("Inf in y", FrameFault.NOT_FINITE, "y",
                sketch -> sketch.with(FrameSketch.Y, oneOf(Float.NEGATIVE_INFINITY))));
        rows.add(spoilt("y infinite after its scale", FrameFault.NOT_FINITE, "y",
                sketch -> sketch.with(FrameSketch.SCALE, float32(1e30f)).with(FrameSketch.Y, oneOf(1e30f))));
        rows.add(spoilt("unknown array tag", FrameFault.ARRAY_TAG, "y",
                sketch -> sketch.with(FrameSketch.Y, tagged(86, new byte[8 * SmallNetworks.M]))));
        rows.add(spoilt("y shorter than m", FrameFault.ARRAY_LENGTH, "y",
                sketch -> sketch.with(FrameSketch.Y, tagged(FrameSketch.FLOAT32, new byte[4 * SmallNetworks.M - 4]))));
        rows.add(spoilt("y of a part of an element", FrameFault.ARRAY_LENGTH, "y",
                sketch -> sketch.with(FrameSketch.Y, tagged(FrameSketch.FLOAT32, new byte[4 * SmallNetworks.M - 1]))));
        rows.add(spoilt("scale 0", FrameFault.SCALE, "scale",
                sketch -> sketch.with(FrameSketch.SCALE, float32(0))));
        rows.add(spoilt("scale NaN", FrameFault.SCALE, "scale",
                sketch -> sketch.with(FrameSketch.SCALE, float32(Float.NaN))));
        rows.add(spoilt("offset Inf", FrameFault.SCALE, "offset",
                sketch -> sketch.with(FrameSketch.OFFSET, float32(Float.POSITIVE_INFINITY))));
        float[] huge = new float[SmallNetworks.M];
        Arrays.fill(huge, 3e38f);
        rows.add(spoilt("finite y that recovers to infinity", FrameFault.NOT_FINITE_OUTPUT, "x",
                sketch -> sketch.with(FrameSketch.Y, tagged(FrameSketch.FLOAT32, floats(huge)))).sound());
    }

    private void surroundings() {
        rows.add(spoilt("wrong content type", FrameFault.CONTENT_TYPE, "contentType", UnaryOperator.identity())
                .as("application/json").unidentified());
        rows.add(BadFrame.of("sensor without a route", FrameFault.NO_ROUTE, "topic",
                seq -> Ward.sketch(Ward.UNROUTED, seq).bytes()).on(Ward.UNROUTED).unidentified());
        rows.add(BadFrame.of("topic that names no sensor", FrameFault.NO_ROUTE, "topic",
                seq -> Ward.sketch("_ward/ecg", seq).bytes()).on("_ward/ecg").unidentified().unanswered());
        rows.add(BadFrame.of("sensor over sensors.max", FrameFault.SENSOR_LIMIT, "sensor",
                seq -> Ward.sketch(Ward.TOO_MANY, seq).bytes()).on(Ward.TOO_MANY));
    }

    private static byte[] oneOf(float value) {
        float[] y = new float[SmallNetworks.M];
        y[SmallNetworks.M - 1] = value;
        return tagged(FrameSketch.FLOAT32, floats(y));
    }

    private static BadFrame raw(String name, FrameFault fault, String hex) {
        return BadFrame.of(name, fault, "payload", seq -> hex(hex)).unidentified();
    }

    private static BadFrame spoilt(String name, FrameFault fault, String field, UnaryOperator<FrameSketch> change) {
        return BadFrame.of(name, fault, field, seq -> change.apply(Ward.sketch(FIRST, seq)).bytes());
    }
}
