package org.reluctor.stream.codec;

/**
 * Reads deterministic CBOR (RFC 8949, 4.2) from a part of a byte array, without allocating and without throwing. The
 * first fault stays: every later call does nothing and returns 0. Lengths and counts are compared with the bytes that
 * remain before anything relies on them, so a hostile payload costs no more time than its own size. Confined to one
 * thread at a time.
 */
public final class CborReader {
    static final int UNSIGNED = 0;
    static final int NEGATIVE = 1;
    static final int BYTES = 2;
    static final int TEXT = 3;
    static final int ARRAY = 4;
    static final int MAP = 5;
    static final int TAG = 6;
    static final int SIMPLE = 7;

    private static final int FLOAT32_HEAD = 0xfa;
    private static final String[] TYPE_NAMES = {
        "an unsigned integer", "a negative integer", "bytes", "text", "an array", "a map", "a tag",
        "a float or simple value"};

    private final int maxDepth;
    private final int maxLength;
    private byte[] bytes = new byte[0];
    private int start;
    private int position;
    private int limit;
    private int itemStart;
    private int major;
    private int additional;
    private long argument;
    private int contentStart;
    private CborFault fault;
    private int faultPosition;
    private int foundMajor;
    private int wantedMajor;

    /**
     * A reader with nothing to read yet.
     *
     * @param maxDepth  levels of arrays, maps and tags that a skipped item may have
     * @param maxLength largest length or count that any item may claim; a larger one is
     *                  {@link CborFault#LENGTH_OUT_OF_RANGE}, a smaller one that exceeds the bytes present is
     *                  {@link CborFault#TRUNCATED}
     */
    public CborReader(int maxDepth, int maxLength) {
        this.maxDepth = maxDepth;
        this.maxLength = maxLength;
    }

    /** Begins anew at {@code offset}, with {@code length} bytes, and forgets any fault. */
    public void reset(byte[] from, int offset, int length) {
        bytes = from;
        start = offset;
        position = offset;
        limit = offset + length;
        fault = null;
        faultPosition = offset;
    }

    /** Index in the array of the next byte to read. */
    public int position() {
        return position;
    }

    /** Bytes not yet read. */
    public int remaining() {
        return limit - position;
    }

    /** The first fault, or null. */
    public CborFault fault() {
        return fault;
    }

    /** Major type of the next item, 0 to 7; −1 at the end or after a fault. */
    public int peekMajor() {
        return fault != null || position == limit ? -1 : (bytes[position] & 0xff) >>> 5;
    }

    /** Reads the head of a map; returns its number of pairs. */
    public int readMap() {
        return head(MAP) ? checkedLength(2) : 0;
    }

    /** Reads the head of an array; returns its number of items. */
    public int readArray() {
        return head(ARRAY) ? checkedLength(1) : 0;
    }

    /** Reads a byte string; returns its length. Its bytes begin at {@link #contentStart()}. */
    public int readBytes() {
        return head(BYTES) ? content() : 0;
    }

    /** Reads a text string (UTF-8 unchecked); returns its length in bytes, beginning at {@link #contentStart()}. */
    public int readText() {
        return head(TEXT) ? content() : 0;
    }

    /** Index in the array of the first byte of the string read last. */
    public int contentStart() {
        return contentStart;
    }

    /** Reads an unsigned integer of up to 64 bits; the result is to be taken as unsigned. */
    public long readUnsigned() {
        return head(UNSIGNED) ? argument : 0;
    }

    /** Reads an integer of the range of int64; one outside is {@link CborFault#WRONG_TYPE}. */
    public long readInteger() {
        int at = position;
        boolean negative = peekMajor() == NEGATIVE;
        if (!head(negative ? NEGATIVE : UNSIGNED)) {
            return 0;
        }
        if (argument < 0) {
            wrongType(at, negative ? NEGATIVE : UNSIGNED, UNSIGNED);
            return 0;
        }
        return negative ? ~argument : argument;
    }

    /** Reads a tag; what it tags is read next. */
    public long readTag() {
        return head(TAG) ? argument : 0;
    }

    /** Reads a 32-bit float; one of another size, or an integer, is {@link CborFault#WRONG_TYPE}. */
    public float readFloat() {
        int at = position;
        boolean single = at < limit && (bytes[at] & 0xff) == FLOAT32_HEAD;
        if (!head(SIMPLE)) {
            return 0;
        }
        if (!single) {
            wrongType(at, SIMPLE, SIMPLE);
            return 0;
        }
        return Float.intBitsToFloat((int) argument);
    }

    /** Reads a map key, an unsigned integer above {@code previous}; −1 as {@code previous} lets any through. */
    public long readKey(long previous) {
        int at = position;
        long key = readUnsigned();
        if (fault != null || previous == -1) {
            return key;
        }
        if (key == previous) {
            fail(CborFault.DUPLICATE_KEY, at);
        } else if (Long.compareUnsigned(key, previous) < 0) {
            fail(CborFault.KEY_ORDER, at);
        }
        return key;
    }

    /** Passes over one item of any type, checking its form; the order of keys in a skipped map is not looked at. */
    public void skip() {
        skip(1);
    }

    private void skip(int depth) {
        int at = position;
        if (fault != null || !readHead()) {
            return;
        }
        if (major == BYTES || major == TEXT) {
            content();
        }
        if (major < ARRAY || major == SIMPLE) {
            return;
        }
        if (depth > maxDepth) {
            fail(CborFault.TOO_DEEP, at);
            return;
        }
        int items = 1;
        if (major != TAG) {
            items = major == MAP ? 2 * checkedLength(2) : checkedLength(1);
        }
        for (int i = 0; i < items && fault == null; i++) {
            skip(depth + 1);
        }
    }

    /** Checks that nothing follows. */
    public void end() {
        if (fault == null && position != limit) {
            fail(CborFault.TRAILING_BYTES, position);
        }
    }

    /** One sentence on the fault: where, what was found, what would be right. Allocates; only after a fault. */
    public String faultDetail() {
        String place = "at byte " + (faultPosition - start) + ": ";
        return place + switch (fault) {
            case NOT_CBOR -> "0x" + Integer.toHexString(bytes[faultPosition] & 0xff) + " begins no CBOR item";
            case TRUNCATED -> "the payload ends, after " + (limit - start) + " bytes, inside the item begun here";
            case INDEFINITE_LENGTH -> "an item of indefinite length; a definite length is right";
            case NON_SHORTEST -> "a number in more bytes than it needs; the shortest form is right";
            case DUPLICATE_KEY -> "key " + Long.toUnsignedString(argument) + " a second time";
            case KEY_ORDER -> "key " + Long.toUnsignedString(argument)
                + " after a larger one; ascending keys are right";
            case TOO_DEEP -> "more than " + maxDepth + " levels of nested items";
            case LENGTH_OUT_OF_RANGE -> "a length of " + Long.toUnsignedString(argument) + "; at most "
                + maxLength + " is right";
            case WRONG_TYPE -> wrongTypeDetail();
            case TRAILING_BYTES -> remaining() + " bytes after the end of the map";
        };
    }

    private String wrongTypeDetail() {
        if (foundMajor == wantedMajor && foundMajor == SIMPLE) {
            return "a simple value or a float of another size; a 32-bit float is right";
        }
        if (wantedMajor == UNSIGNED && foundMajor <= NEGATIVE && argument < 0) {
            return "an integer beyond 64 bits with sign; -2^63 to 2^63 - 1 is right";
        }
        String wanted = wantedMajor == SIMPLE ? "a 32-bit float" : TYPE_NAMES[wantedMajor];
        return TYPE_NAMES[foundMajor] + "; " + wanted + " is right";
    }

    private boolean head(int wanted) {
        int at = position;
        if (fault != null || !readHead()) {
            return false;
        }
        if (major == wanted) {
            return true;
        }
        int found = major;
        // A fault of form inside the item tells more than its unexpected type.
        position = at;
        skip();
        if (fault == null) {
            argument = 0;
            wrongType(at, found, wanted);
        }
        return false;
    }

    private void wrongType(int at, int found, int wanted) {
        foundMajor = found;
        wantedMajor = wanted;
        fail(CborFault.WRONG_TYPE, at);
    }

    private boolean readHead() {
        int at = position;
        if (at >= limit) {
            return fail(CborFault.TRUNCATED, at);
        }
        itemStart = at;
        int head = bytes[at] & 0xff;
        major = head >>> 5;
        additional = head & 0x1f;
        position = at + 1;
        if (additional < 24) {
            argument = additional;
            return true;
        }
        return additional <= 27 ? readArgument(at) : fail(reservedFault(), at);
    }

    private CborFault reservedFault() {
        boolean indefinite = additional == 31 && major >= BYTES && major <= MAP;
        return indefinite ? CborFault.INDEFINITE_LENGTH : CborFault.NOT_CBOR;
    }

    private boolean readArgument(int at) {
        int size = 1 << additional - 24;
        if (limit - position < size) {
            return fail(CborFault.TRUNCATED, at);
        }
        long value = 0;
        for (int i = 0; i < size; i++) {
            value = value << 8 | bytes[position++] & 0xff;
        }
        argument = value;
        return isShortest(value) || fail(CborFault.NON_SHORTEST, at);
    }

    /** Whether {@code value} needs as many bytes as it came in; the bytes of floats are no number. */
    private boolean isShortest(long value) {
        return switch (additional) {
            case 24 -> value >= (major == SIMPLE ? 32 : 24);
            case 25 -> major == SIMPLE || value > 0xffL;
            case 26 -> major == SIMPLE || value > 0xffffL;
            default -> major == SIMPLE || value >>> 32 != 0;
        };
    }

    private int content() {
        int length = checkedLength(1);
        contentStart = position;
        position += length;
        return length;
    }

    /** The argument as a length, whose units take at least {@code unitBytes} each; 0 on a fault. */
    private int checkedLength(int unitBytes) {
        if (argument < 0 || argument > maxLength) {
            fail(CborFault.LENGTH_OUT_OF_RANGE, itemStart);
            return 0;
        }
        if (argument * unitBytes > limit - position) {
            fail(CborFault.TRUNCATED, itemStart);
            return 0;
        }
        return (int) argument;
    }

    private boolean fail(CborFault kind, int at) {
        if (fault == null) {
            fault = kind;
            faultPosition = at;
        }
        return false;
    }
}
