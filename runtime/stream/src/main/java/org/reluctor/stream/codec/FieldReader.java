package org.reluctor.stream.codec;

/**
 * Reads the fields of a frame's or signal's map, one typed call a field. The first fault stays, with field and
 * sentence; every later call does nothing. Sentences are built on a fault only: good maps are read without allocation.
 */
final class FieldReader {
    /** The deepest good item is a number in an array in the map; the rest is leeway for a clear message. */
    private static final int MAX_DEPTH = 8;
    private static final int VERSION = 1;

    private final String kind;
    private final int maxBytes;
    private final int required;
    private final int allowed;
    private final CborReader cbor;
    private byte[] bytes;
    private int seen;
    private int lastKey;
    private FrameFault fault;
    private String field = "";
    private String detail = "";

    /** A reader of maps called {@code kind} in sentences; the two sets have one bit a key. */
    FieldReader(String kind, int maxBytes, int required, int optional) {
        this.kind = kind;
        this.maxBytes = maxBytes;
        this.required = required;
        this.allowed = required | optional;
        this.cbor = new CborReader(MAX_DEPTH, maxBytes);
    }

    /** Begins a payload; returns the number of fields that its map claims. */
    int start(byte[] payload, int offset, int length) {
        bytes = payload;
        seen = 0;
        lastKey = -1;
        forget();
        cbor.reset(payload, offset, length);
        if (length == 0) {
            fail(FrameFault.EMPTY, "payload", "the payload is empty; a CBOR map is right");
        } else if (length > maxBytes) {
            fail(FrameFault.TOO_LARGE, "payload", "the payload has " + length + " bytes; at most " + maxBytes
                + " are right");
        } else if (cbor.peekMajor() < CborReader.ARRAY || cbor.peekMajor() == CborReader.SIMPLE) {
            fail(FrameFault.NOT_CBOR, "payload", "the payload begins with 0x"
                + Integer.toHexString(payload[offset] & 0xff) + "; a " + kind + " is a CBOR map, 0xa0 to 0xbf");
        }
        if (fault != null) {
            return 0;
        }
        int pairs = cbor.readMap();
        checkForm("payload");
        return pairs;
    }

    /** Forgets the fault, not what was read. */
    void forget() {
        fault = null;
        field = "";
        detail = "";
    }

    boolean ok() {
        return fault == null;
    }

    FrameFault fault() {
        return fault;
    }

    String field() {
        return field;
    }

    String detail() {
        return detail;
    }

    boolean has(int key) {
        return (seen & 1 << key) != 0;
    }

    /** Reads the next key; −1 on a fault. */
    int key() {
        long key = cbor.readKey(lastKey);
        if (cbor.fault() != null) {
            checkForm("key");
            return -1;
        }
        if (key < 0 || key > FieldKey.FLAGS || (allowed & 1 << key) == 0) {
            cbor.skip();
            if (checkForm("key " + Long.toUnsignedString(key))) {
                fail(FrameFault.UNKNOWN_KEY, "key " + Long.toUnsignedString(key), "key " + Long.toUnsignedString(key)
                    + " is not part of a " + kind + " of version 1");
            }
            return -1;
        }
        lastKey = (int) key;
        seen |= 1 << lastKey;
        return lastKey;
    }

    /** Checks that the map was all, and complete. */
    void end() {
        if (fault != null) {
            return;
        }
        cbor.end();
        int missing = required & ~seen;
        if (checkForm("payload") && missing != 0) {
            int key = Integer.numberOfTrailingZeros(missing);
            fail(FrameFault.MISSING_KEY, FieldKey.name(key), "key " + key + " (" + FieldKey.name(key)
                + ") is absent; every " + kind + " of version 1 has it");
        }
    }

    void version() {
        long version = unsigned();
        if (fault == null && version != VERSION) {
            fail(FrameFault.VERSION, "version", "version is " + Long.toUnsignedString(version) + "; 1 is right");
        }
    }

    /** An unsigned 64-bit integer. */
    long unsigned() {
        long value = cbor.readUnsigned();
        checkForm(FieldKey.name(lastKey));
        return value;
    }

    /** A signed 64-bit integer. */
    long integer() {
        long value = cbor.readInteger();
        checkForm(FieldKey.name(lastKey));
        return value;
    }

    /** A count from 1 to {@code max}; another is the given fault. */
    int count(FrameFault outside, int max) {
        long value = unsigned();
        if (fault == null && (value < 1 || value > max)) {
            String name = FieldKey.name(lastKey);
            fail(outside, name, name + " is " + Long.toUnsignedString(value) + "; 1 to " + max + " is right");
        }
        return fault == null ? (int) value : 0;
    }

    float float32() {
        float value = cbor.readFloat();
        checkForm(FieldKey.name(lastKey));
        return value;
    }

    /** A finite float, for scale and offset. */
    float scale(boolean zeroAllowed) {
        float value = float32();
        if (fault == null && (!Float.isFinite(value) || value == 0 && !zeroAllowed)) {
            String name = FieldKey.name(lastKey);
            fail(FrameFault.SCALE, name, name + " is " + value + "; a finite number"
                + (zeroAllowed ? "" : " other than 0") + " is right");
        }
        return value;
    }

    /** The head of an array of exactly two numbers, which the caller reads next. */
    void pair() {
        int items = cbor.readArray();
        String name = FieldKey.name(lastKey);
        if (checkForm(name) && items != 2) {
            fail(FrameFault.WRONG_TYPE, name, name + " is an array of " + items + "; an array of 2 is right");
        }
    }

    /** One of the two numbers of a rate: positive, of 63 bits. */
    long ratePart() {
        long value = unsigned();
        if (fault == null && value < 1) {
            fail(FrameFault.RATE, "rate", "rate has a part " + Long.toUnsignedString(value)
                + "; two positive integers below 2^63 are right");
        }
        return value;
    }

    /** A byte string of 8 as one big-endian number. */
    long id() {
        int length = cbor.readBytes();
        String name = FieldKey.name(lastKey);
        if (!checkForm(name)) {
            return 0;
        }
        if (length != Long.BYTES) {
            fail(FrameFault.WRONG_TYPE, name, name + " has " + length + " bytes; 8 are right");
            return 0;
        }
        long id = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            id = id << 8 | bytes[cbor.contentStart() + i] & 0xff;
        }
        return id;
    }

    /** A text string; returns its bytes' number, from {@link #contentStart()} on. */
    int text() {
        int length = cbor.readText();
        checkForm(FieldKey.name(lastKey));
        return length;
    }

    int contentStart() {
        return cbor.contentStart();
    }

    /** A typed array. */
    void array(TypedArrayView into) {
        String name = FieldKey.name(lastKey);
        long tag = cbor.readTag();
        if (!checkForm(name)) {
            return;
        }
        ArrayType type = ArrayType.of(tag);
        if (type == null) {
            fail(FrameFault.ARRAY_TAG, name, name + " has tag " + Long.toUnsignedString(tag)
                + "; 69, 72, 77, 78, 84 or 85 is right");
            return;
        }
        int length = cbor.readBytes();
        if (!checkForm(name)) {
            return;
        }
        if (length % type.elementBytes() != 0) {
            fail(FrameFault.ARRAY_LENGTH, name, name + " has " + length + " bytes; a multiple of "
                + type.elementBytes() + " is right with tag " + tag);
            return;
        }
        into.set(bytes, cbor.contentStart(), length / type.elementBytes(), type);
    }

    /** Records the first fault. */
    void fail(FrameFault kindOfFault, String at, String sentence) {
        if (fault == null) {
            fault = kindOfFault;
            field = at;
            detail = sentence;
        }
    }

    private boolean checkForm(String at) {
        if (fault == null && cbor.fault() != null) {
            fail(FrameFault.of(cbor.fault()), at, cbor.faultDetail());
        }
        return fault == null;
    }
}
