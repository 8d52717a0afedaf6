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

    public OpenClException(int status, String message) {
        super(message);
        this.status = status;
    }

    public OpenClException(String message, Throwable cause) {
        super(message, cause);
        this.status = NO_STATUS;
    }

    /** The OpenCL status, negative; {@link #NO_STATUS} where the failure did not come from a call. */
    public int status() {
        return status;
    }
}
