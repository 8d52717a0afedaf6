package org.reluctor.opencl.device;

import java.nio.file.Path;
import org.reluctor.opencl.OpenClException;
import org.reluctor.opencl.file.OneLine;

/** A file of programs that cannot be used; the message names it, says what is wrong, and what would be right. */
public final class ProgramFileException extends OpenClException {
    private static final long serialVersionUID = 1L;

    private static final String REMEDY = "; make it anew: reluctor kernels --help";

    /**
     * @param file   for the message
     * @param reason what is wrong with it, without a full stop; may hold words of the file itself
     */
    public ProgramFileException(Path file, String reason) {
        this(file, reason, null);
    }

    /**
     * @param file   for the message
     * @param reason what is wrong with it, without a full stop
     * @param cause  may be null
     */
    public ProgramFileException(Path file, String reason, Throwable cause) {
        super(file + ": " + OneLine.of(reason) + REMEDY, cause);
    }
}
