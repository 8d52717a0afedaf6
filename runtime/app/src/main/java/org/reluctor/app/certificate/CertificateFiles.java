package org.reluctor.app.certificate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.Failure;
import org.reluctor.opencl.file.IoReason;

/** Certificates as files: each lies beside its network, named after it. */
public final class CertificateFiles {
    /** What a certificate's field {@code format} says: by it a reader knows the others. */
    public static final String FORMAT = "reluctor certificate 1";
    /** Behind a network's name, in place of {@code .onnx}. */
    public static final String ENDING = ".certificate.json";
    private static final long MOST_BYTES = 256L << 20;

    private CertificateFiles() {
    }

    /** The place of a network's certificate: {@code ecg.certificate.json} of {@code ecg.onnx}. */
    public static Path beside(Path network) {
        String name = network.getFileName().toString();
        String stem = name.endsWith(".onnx") ? name.substring(0, name.length() - ".onnx".length()) : name;
        return network.resolveSibling(stem + ENDING);
    }

    /**
     * The certificate beside a network; empty where there is none.
     *
     * @throws Failure if there is one that cannot be read
     */
    public static Optional<byte[]> read(Path network) {
        Path file = beside(network);
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new UnfitCertificateException(file + " has " + Files.size(file)
                        + " bytes; a certificate has at most " + MOST_BYTES);
            }
            return Optional.of(Files.readAllBytes(file));
        } catch (IOException unreadable) {
            throw new Failure(ExitStatus.NO_INPUT, file + ": " + IoReason.of(unreadable) + "; must be readable, or not"
                    + " be there", unreadable);
        }
    }
}
