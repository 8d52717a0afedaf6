package org.reluctor.learn.data;

/**
 * A recording that cannot be used. The message names the file, the place in it, the value found and what would be
 * right; it is meant for the person who brought the file.
 */
public final class DataFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DataFormatException(String message) {
        super(message);
    }

    public DataFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
