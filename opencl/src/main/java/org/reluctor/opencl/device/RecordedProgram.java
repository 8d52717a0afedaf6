package org.reluctor.opencl.device;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.reluctor.opencl.file.Sha256;

/**
 * A program that a session was asked for.
 *
 * @param source  OpenCL C, exactly as the driver was given it
 * @param options that it was built with
 * @param kernels names of its kernel functions
 * @param binary  the driver's; belongs to the record
 */
public record RecordedProgram(String source, String options, List<String> kernels, byte[] binary) {
    public RecordedProgram {
        kernels = List.copyOf(kernels);
    }

    /** SHA-256 of the source's UTF-8, as {@code sha256sum} prints it. */
    public String sha256() {
        return sha256(source);
    }

    static String sha256(String source) {
        return HexFormat.of().formatHex(Sha256.of(source.getBytes(StandardCharsets.UTF_8)));
    }
}
