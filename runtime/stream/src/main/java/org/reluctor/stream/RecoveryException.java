package org.reluctor.stream;

/** The device could not compute a batch. The frames are intact; the same batch may be tried on a rebuilt device. */
public final class RecoveryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RecoveryException(String message, Throwable cause) {
        super(message, cause);
    }
}
