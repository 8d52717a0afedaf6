package org.reluctor.certify.certificate;

/** A certificate that is refused; the message names the place, what is there, and what would be right. */
public final class CertificateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CertificateException(String message) {
        super(message);
    }

    public CertificateException(String message, Throwable cause) {
        super(message, cause);
    }
}
