package org.reluctor.opencl.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class IoReasonTest {
    @Test
    void of_exceptionsWithoutWords_saysWhatTheyMean() {
        assertEquals("access denied for user " + System.getProperty("user.name"),
                IoReason.of(new AccessDeniedException("f")));
        assertEquals("no such file or folder", IoReason.of(new NoSuchFileException("f")));
        assertEquals("a file is in its place", IoReason.of(new FileAlreadyExistsException("f")));
        assertEquals("it ends early", IoReason.of(new EOFException()));
        assertEquals("a folder that is not empty", IoReason.of(new DirectoryNotEmptyException("f")));
    }

    @Test
    void of_exceptionsWithWords_takesThem() {
        assertEquals("No space left on device", IoReason.of(new IOException("No space left on device")));
        assertEquals("Read-only file system", IoReason.of(new FileSystemException("f", null, "Read-only file system")));
    }
}
