package org.reluctor.stream.codec;

import java.util.Locale;

/**
 * Why a frame was refused. The reason word ({@link #reason()}) names the kind in metrics and on the error topic and
 * never changes; what exactly was wrong is told by {@link FrameReader#faultField()} and
 * {@link FrameReader#faultDetail()}.
 */
public enum FrameFault {
    /** The payload has no bytes. */
    EMPTY("payload"),
    /** The payload is larger than {@link FrameLimits#maxBytes()}. */
    TOO_LARGE("payload"),
    /** The payload does not begin like a CBOR map, or holds a reserved head. */
    NOT_CBOR("payload"),
    /** The payload ends inside an item. */
    TRUNCATED("payload"),
    /** An item of indefinite length. */
    INDEFINITE_LENGTH("payload"),
    /** An integer or length in more bytes than it needs. */
    NON_SHORTEST("payload"),
    /** The same key twice in a row. */
    DUPLICATE_KEY("payload"),
    /** Keys that do not ascend. */
    KEY_ORDER("payload"),
    /** Items nested deeper than any frame. */
    TOO_DEEP("payload"),
    /** A declared length or count above {@link FrameLimits#maxBytes()}. */
    LENGTH_OUT_OF_RANGE("payload"),
    /** Bytes after the map. */
    TRAILING_BYTES("payload"),
    /** A key that version 1 does not have. */
    UNKNOWN_KEY("key"),
    /** A key that version 1 demands is absent. */
    MISSING_KEY("key"),
    /** A field of another CBOR type than version 1 gives it. */
    WRONG_TYPE("payload"),
    /** A version other than 1. */
    VERSION("version"),
    /** The sensor in the frame is not the topic's. */
    SENSOR_MISMATCH("sensor"),
    /** The measurement matrix is not the one of the sensor's network. */
    MATRIX("matrix"),
    /** m is zero, over the limit, or not what the sensor's network takes. */
    MEASUREMENTS("m"),
    /** n is zero, over the limit, or not what the sensor's network yields. */
    SAMPLES("n"),
    /** The number of channels is zero, over the limit, or not what the sensor's network takes. */
    CHANNELS("channels"),
    /** The sampling rate is not a pair of positive integers. */
    RATE("rate"),
    /** The scale is zero, NaN or infinite, or the offset is NaN or infinite. */
    SCALE("scale"),
    /** The tag of a typed array is none of the six that version 1 has. */
    ARRAY_TAG("y"),
    /** A typed array does not hold the announced number of whole elements. */
    ARRAY_LENGTH("y"),
    /** A measurement is NaN or infinite after scale and offset. */
    NOT_FINITE("y"),
    /** Held-out measurements without their rows, or rows without measurements. */
    HELD_OUT("heldOut"),
    /** A frame without envelope where authenticated ones are demanded, or a broken envelope. */
    ENVELOPE("envelope"),
    /** An envelope of another algorithm than HMAC 256/256. */
    ALGORITHM("algorithm"),
    /** An envelope whose key identifier is not the topic's sensor. */
    KEY_ID("kid"),
    /** A sensor that the gateway has no key for. Found by the pipeline. */
    NO_KEY("sensor"),
    /** A MAC that the sensor's key does not make of this frame. */
    MAC("mac"),
    /** The PUBLISH names a content type other than application/cbor. Found by the pipeline. */
    CONTENT_TYPE("contentType"),
    /** No network is configured for this sensor. Found by the pipeline. */
    NO_ROUTE("topic"),
    /** The boot counter went back. Found by the pipeline. */
    BOOT("boot"),
    /** More sensors than the gateway is configured to know. Found by the pipeline. */
    SENSOR_LIMIT("sensor"),
    /** New sensors come faster than the gateway is configured to take them up. Found by the pipeline. */
    NEW_SENSORS("sensor"),
    /** The sensor sends faster than the gateway is configured to let it. Found by the pipeline. */
    FLOOD("frame"),
    /** The network's output or residual is NaN or infinite. Found by the pipeline. */
    NOT_FINITE_OUTPUT("x");

    private final String reason;
    private final String field;

    FrameFault(String field) {
        this.reason = name().toLowerCase(Locale.ROOT).replace('_', '-');
        this.field = field;
    }

    /** The kind as one kebab-case word, stable over versions: {@code sensor-mismatch}. */
    public String reason() {
        return reason;
    }

    /** The field that such a fault usually concerns; {@link FrameReader#faultField()} is exact. */
    public String field() {
        return field;
    }

    /** The frame fault that a fault of the encoding is reported as. */
    static FrameFault of(CborFault fault) {
        return switch (fault) {
            case NOT_CBOR -> NOT_CBOR;
            case TRUNCATED -> TRUNCATED;
            case INDEFINITE_LENGTH -> INDEFINITE_LENGTH;
            case NON_SHORTEST -> NON_SHORTEST;
            case DUPLICATE_KEY -> DUPLICATE_KEY;
            case KEY_ORDER -> KEY_ORDER;
            case TOO_DEEP -> TOO_DEEP;
            case LENGTH_OUT_OF_RANGE -> LENGTH_OUT_OF_RANGE;
            case WRONG_TYPE -> WRONG_TYPE;
            case TRAILING_BYTES -> TRAILING_BYTES;
        };
    }
}
