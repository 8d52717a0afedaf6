package org.reluctor.opencl;

/**
 * An OpenCL call failed. The message gives the status by its name, the call, and the kernel or program where one is
 * concerned; {@link #status()} is the number for those who must decide by it.
 */
public class OpenClException extends RuntimeException {
    /** Status of failures that did not come from an OpenCL call. */
    public static final int NO_STATUS = 0;

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String detail;

    public OpenClException(int status, String message) {
        this(status, message, "");
    }

    /** A failure of which there is more to tell than a message should hold. */
    public OpenClException(int status, String message, String detail) {
        super(message);
        this.status = status;
        this.detail = detail;
    }

    public OpenClException(String message, Throwable cause) {
        super(message, cause);
        this.status = NO_STATUS;
        this.detail = cause instanceof OpenClException inner ? inner.detail : "";
    }

    /** The OpenCL status, negative; {@link #NO_STATUS} where the failure did not come from a call. */
    public int status() {
        return status;
    }

    /** The driver's build log, whole and of any length, where a program did not build; else empty. */
    public String detail() {
        return detail;
    }
}
