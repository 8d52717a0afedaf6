package org.reluctor.app;

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

/** Says in words why a file could not be read or written: most of Java's exceptions of that kind only name the file. */
public final class FileReason {
    private static final Map<Class<?>, String> WORDS = Map.of(
            NoSuchFileException.class, "no such file",
            AccessDeniedException.class, "may not be opened by user " + System.getProperty("user.name"),
            FileAlreadyExistsException.class, "is there already, and is no folder",
            DirectoryNotEmptyException.class, "is a folder that is not empty",
            NotDirectoryException.class, "is no folder",
            NotLinkException.class, "is no link",
            FileSystemLoopException.class, "leads back to itself by links");

    private FileReason() {
    }

    /** Why, without the file's name. */
    public static String of(IOException exception) {
        String known = WORDS.get(exception.getClass());
        String given = exception instanceof FileSystemException failed ? failed.getReason() : exception.getMessage();
        if (known != null) {
            return known;
        }
        return given == null ? "fails with " + exception.getClass().getSimpleName() : given;
    }
}
