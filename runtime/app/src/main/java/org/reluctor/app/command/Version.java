package org.reluctor.app.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The program's version, as the build wrote it. */
public final class Version {
    private Version() {
    }

    /** Such as {@code 0.1.0}. */
    public static String number() {
        try (InputStream stream = Version.class.getResourceAsStream("/org/reluctor/app/version.txt")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }
}
