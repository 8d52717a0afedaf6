package org.reluctor.stream.codec;

/** A payload is no signal of version 1; the message names field, value and what would be right. */
public final class SignalFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final FrameFault fault;
    private final String field;

    SignalFormatException(FrameFault fault, String field, String detail) {
        super(field + ": " + detail);
        this.fault = fault;
        this.field = field;
    }

    /** The kind; signals have the kinds of frames. */
    public FrameFault fault() {
        return fault;
    }

    /** The field at fault: a name of the format, "key …" or "payload". */
    public String field() {
        return field;
    }
}
