package org.reluctor.stream.codec;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads signals of version 1, for subscribers. Sizes are compared with the bytes present before anything is
 * allocated. Confined to one thread at a time.
 */
public final class SignalReader {
    private static final int REQUIRED = FieldKey.set(FieldKey.VERSION, FieldKey.SENSOR, FieldKey.BOOT, FieldKey.SEQ,
        FieldKey.RATE, FieldKey.N, FieldKey.X, FieldKey.MODEL, FieldKey.LATENCY, FieldKey.FLAGS);
    private static final int OPTIONAL = FieldKey.set(FieldKey.T0, FieldKey.CHANNELS, FieldKey.SCALE, FieldKey.UNIT,
        FieldKey.RESIDUAL, FieldKey.ERROR_BOUND);

    /** Added to any number, −0 included, it gives that number. */
    private static final double NEUTRAL = -0.0;

    private final FieldReader fields;
    private final TypedArrayView x = new TypedArrayView();
    private final SignalFields read = new SignalFields();
    private float scale;

    /** A reader of signals of up to {@code maxBytes}. */
    public SignalReader(int maxBytes) {
        fields = new FieldReader("signal", maxBytes, REQUIRED, OPTIONAL);
    }

    /**
     * Reads a signal.
     *
     * @throws SignalFormatException if the payload is none
     */
    public Signal read(byte[] payload) {
        clear();
        int pairs = fields.start(payload, 0, payload.length);
        for (int i = 0; i < pairs && fields.ok(); i++) {
            readField(payload, fields.key());
        }
        fields.end();
        checkLength();
        if (!fields.ok()) {
            throw new SignalFormatException(fields.fault(), fields.field(), fields.detail());
        }
        float[] samples = new float[x.count()];
        x.values(scale, NEUTRAL, samples, 0);
        return new Signal(read.sensor, read.boot, read.seq, read.hasT0, read.t0, read.rateNumerator,
            read.rateDenominator, read.n, read.channels, samples, read.modelId, read.unit, read.residual,
            read.errorBound, read.latencyMicros, read.flags);
    }

    private void clear() {
        scale = 1;
        x.clear();
        read.identity("", 0, 0).withoutT0().shape(1, 0).unit("").residual(Float.NaN).errorBound(Float.NaN);
    }

    private void readField(byte[] payload, int key) {
        switch (key) {
            case FieldKey.VERSION -> fields.version();
            case FieldKey.SENSOR -> read.sensor = text(payload, "sensor");
            case FieldKey.BOOT -> read.boot = fields.unsigned();
            case FieldKey.SEQ -> read.seq = fields.unsigned();
            case FieldKey.T0 -> read.t0(fields.integer());
            case FieldKey.RATE -> {
                fields.pair();
                read.rate(fields.ratePart(), fields.ratePart());
            }
            case FieldKey.N -> read.n = fields.count(FrameFault.SAMPLES, Integer.MAX_VALUE);
            case FieldKey.CHANNELS -> read.channels = fields.count(FrameFault.CHANNELS, Integer.MAX_VALUE);
            case FieldKey.SCALE -> scale = fields.scale(false);
            default -> readResult(payload, key);
        }
    }

    private void readResult(byte[] payload, int key) {
        switch (key) {
            case FieldKey.X -> fields.array(x);
            case FieldKey.MODEL -> read.modelId = fields.id();
            case FieldKey.UNIT -> read.unit = text(payload, "unit");
            case FieldKey.RESIDUAL -> read.residual = fields.float32();
            case FieldKey.ERROR_BOUND -> read.errorBound = fields.float32();
            case FieldKey.LATENCY -> read.latencyMicros = fields.unsigned();
            case FieldKey.FLAGS -> read.flags = flags(fields.unsigned());
            default -> {
                // A fault of the key itself, recorded already.
            }
        }
    }

    private int flags(long bits) {
        if (bits < 0 || bits > Integer.MAX_VALUE) {
            fields.fail(FrameFault.WRONG_TYPE, "flags", "flags is " + Long.toUnsignedString(bits)
                + "; less than 2^31 is right");
        }
        return (int) bits;
    }

    private String text(byte[] payload, String name) {
        int length = fields.text();
        if (!fields.ok()) {
            return "";
        }
        try {
            ByteBuffer encoded = ByteBuffer.wrap(payload, fields.contentStart(), length);
            return StandardCharsets.UTF_8.newDecoder().decode(encoded).toString();
        } catch (CharacterCodingException notUtf8) {
            fields.fail(FrameFault.WRONG_TYPE, name, name + " is "
                + QuotedText.of(payload, fields.contentStart(), length) + ", which is not UTF-8");
            return "";
        }
    }

    private void checkLength() {
        long wanted = (long) read.n * read.channels;
        if (fields.ok() && x.count() != wanted) {
            fields.fail(FrameFault.ARRAY_LENGTH, "x", "x has " + x.count() + " elements; n·channels, " + wanted
                + ", are right");
        }
    }
}
