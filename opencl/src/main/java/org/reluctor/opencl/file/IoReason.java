package org.reluctor.opencl.file;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;

/** Why a file could not be read or written, in words: many of Java's exceptions have none, or only the file's name. */
public final class IoReason {
    private IoReason() {
    }

    /** The reason, without the file's name and without a full stop. */
    public static String of(IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return "access denied";
        }
        if (failure instanceof NoSuchFileException) {
            return "no such file or folder";
        }
        if (failure instanceof FileAlreadyExistsException) {
            return "a file is in its place";
        }
        if (failure instanceof EOFException) {
            return "it ends early";
        }
        String given = failure instanceof FileSystemException file ? file.getReason() : failure.getMessage();
        return given == null || given.isBlank() ? words(failure.getClass().getSimpleName()) : given;
    }

    /** DirectoryNotEmptyException: directory not empty. */
    private static String words(String className) {
        return className.replaceFirst("Exception$", "").replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .toLowerCase(Locale.ROOT);
    }
}
