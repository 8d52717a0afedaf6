package org.reluctor.network;

/**
 * A network, matrix or array file that cannot be used. The message names the file, the place in it, the value found
 * and what would be right; it is meant for the person who brought the file.
 */
public final class NetworkFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NetworkFormatException(String message) {
        super(message);
    }

    public NetworkFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
