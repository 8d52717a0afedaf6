package org.reluctor.app.trust;

import org.reluctor.opencl.file.OneLine;

/** A network that must not run. The message names the file, what was found, and what would be right. */
public final class UntrustedNetworkException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Distrust why;

    /** Refuses a network for a reason, told in one sentence, which may quote a file and yet stays one line. */
    public UntrustedNetworkException(Distrust why, String message) {
        super(OneLine.of(message));
        this.why = why;
    }

    /** The kind of the refusal. */
    public Distrust why() {
        return why;
    }
}
