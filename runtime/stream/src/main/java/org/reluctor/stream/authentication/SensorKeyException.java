package org.reluctor.stream.authentication;

/** A key's file that holds no key. The message names the file and what would be right, never what is in it. */
public final class SensorKeyException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Refuses a file with a sentence. */
    public SensorKeyException(String message) {
        super(message);
    }
}
