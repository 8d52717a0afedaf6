package org.reluctor.stream.codec;

/** Why bytes are not the deterministic CBOR (RFC 8949, 4.2) that a {@link CborReader} was asked for. */
public enum CborFault {
    /** A reserved head, or a break where no indefinite item is open. */
    NOT_CBOR,
    /** The bytes end before the item does. */
    TRUNCATED,
    /** An item of indefinite length. */
    INDEFINITE_LENGTH,
    /** An integer or length in more bytes than it needs. */
    NON_SHORTEST,
    /** A map key that came just before. */
    DUPLICATE_KEY,
    /** A map key below the one before it. */
    KEY_ORDER,
    /** Items nested deeper than the reader follows. */
    TOO_DEEP,
    /** A length or count above what the reader accepts at all. */
    LENGTH_OUT_OF_RANGE,
    /** A well-formed item of another type than was asked for. */
    WRONG_TYPE,
    /** Bytes after the item. */
    TRAILING_BYTES
}
