package org.reluctor.app.configuration;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.Failure;
import org.reluctor.stream.authentication.SensorKeyException;
import org.reluctor.stream.authentication.SensorKeys;

/** A secret that lives in a file of its own, so that neither the configuration nor a process list shows it. */
public final class Secret {
    private static final int MAX_BYTES = 65_535;

    private Secret() {
    }

    /**
     * The file's first line. Read anew at every connect, so that a changed password needs no restart.
     *
     * @throws Failure if it cannot be read
     */
    public static char[] read(Path file) {
        problem(file).ifPresent(text -> {
            throw new Failure(ExitStatus.CREDENTIALS, text);
        });
        try {
            byte[] bytes = Files.readAllBytes(file);
            CharBuffer text = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes));
            Arrays.fill(bytes, (byte) 0);
            return firstLine(text);
        } catch (IOException exception) {
            throw new Failure(ExitStatus.CREDENTIALS, file + " cannot be read: " + exception.getMessage(), exception);
        }
    }

    /** Why the file cannot serve as a secret, if so. */
    static Optional<String> problem(Path file) {
        try {
            if (!Files.exists(file)) {
                return Optional.of(file + " does not exist; must be a file with the secret as its first line");
            }
            if (Files.isDirectory(file)) {
                return Optional.of(file + " is a folder; must be a file with the secret as its first line");
            }
            if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
                return Optional.of(file + " cannot be read by user " + System.getProperty("user.name")
                        + "; must be a file with the secret as its first line");
            }
            long size = Files.size(file);
            boolean fits = size > 0 && size <= MAX_BYTES;
            return fits ? Optional.empty() : Optional.of(file + " has " + size + " bytes; must have 1 to " + MAX_BYTES);
        } catch (IOException exception) {
            return Optional.of(file + " cannot be read: " + exception.getMessage());
        }
    }

    /** Why the file cannot serve as a key of 64 hexadecimal digits, if so. */
    static Optional<String> keyProblem(Path file) {
        Optional<String> problem = problem(file);
        if (problem.isPresent()) {
            return problem;
        }
        try {
            SensorKeys.read(file);
            return Optional.empty();
        } catch (SensorKeyException | NoSuchFileException exception) {
            return Optional.of(exception.getMessage());
        }
    }

    private static char[] firstLine(CharBuffer text) {
        int length = 0;
        while (length < text.length() && text.charAt(length) != '\n' && text.charAt(length) != '\r') {
            length++;
        }
        char[] line = new char[length];
        text.get(line);
        Arrays.fill(text.array(), '\0');
        return line;
    }
}
