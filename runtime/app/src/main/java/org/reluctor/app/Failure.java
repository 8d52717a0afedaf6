package org.reluctor.app;

/**
 * A command that cannot go on. The message is all that the person at the terminal reads: it names the place, the
 * value found and what would be right.
 */
public final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    /**
     * @param status  one of {@link ExitStatus}
     * @param message complete sentence or sentences, one problem a line
     */
    public Failure(int status, String message) {
        this(status, message, null);
    }

    /**
     * @param status  one of {@link ExitStatus}
     * @param message complete sentence or sentences, one problem a line
     * @param cause   shown only with {@code --debug}; may be null
     */
    public Failure(int status, String message, Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    /** The exit status that the process ends with. */
    public int status() {
        return status;
    }
}
