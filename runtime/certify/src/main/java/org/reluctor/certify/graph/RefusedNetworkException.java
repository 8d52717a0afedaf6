package org.reluctor.certify.graph;

/** A network that cannot be certified; the message names the node, its operator, and what would be right. */
public final class RefusedNetworkException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RefusedNetworkException(String message) {
        super(message);
    }
}
