package org.reluctor.app.certificate;

import org.reluctor.opencl.file.OneLine;

/** A certificate whose limits cannot be used. The message names the file, what was found, and what would be right. */
public final class UnfitCertificateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Told in one sentence, which may quote a file and yet stays one line. */
    public UnfitCertificateException(String message) {
        super(OneLine.of(message));
    }
}
