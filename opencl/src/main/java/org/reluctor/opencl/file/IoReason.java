package org.reluctor.opencl.file;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.util.Map;

/** Why a file could not be read or written, in words: many of Java's exceptions have none, or only the file's name. */
public final class IoReason {
    private static final Map<Class<?>, String> WORDS = Map.of(
            NoSuchFileException.class, "no such file or folder",
            AccessDeniedException.class, "access denied for user " + System.getProperty("user.name"),
            FileAlreadyExistsException.class, "a file is in its place",
            DirectoryNotEmptyException.class, "a folder that is not empty",
            NotDirectoryException.class, "no folder",
            NotLinkException.class, "no link",
            FileSystemLoopException.class, "leads back to itself by links",
            EOFException.class, "it ends early");

    private IoReason() {
    }

    /** The reason, without the file's name and without a full stop. */
    public static String of(IOException failure) {
        String known = WORDS.get(failure.getClass());
        if (known != null) {
            return known;
        }
        String given = failure instanceof FileSystemException file ? file.getReason() : failure.getMessage();
        return given == null || given.isBlank() ? "fails with " + failure.getClass().getSimpleName() : given;
    }
}
