package org.reluctor.network;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Says in words why a file could not be read. */
final class FileFailure {
    private FileFailure() {
    }

    static NetworkFormatException of(Path file, IOException cause) {
        return new NetworkFormatException(file + ": " + reason(file, cause), cause);
    }

    private static String reason(Path file, IOException cause) {
        if (cause instanceof NoSuchFileException) {
            return "there is no such file";
        }
        if (Files.isDirectory(file)) {
            return "is a folder, not a file";
        }
        return cause instanceof AccessDeniedException ? "may not be read by this user"
                : "cannot be read: " + cause.getMessage();
    }
}
