package org.reluctor.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Why a file failed, in words: none is told as "null". */
class ErrorsTest {
    @TempDir
    Path folder;

    @Test
    void report_failuresOfTheFileSystem_sayWhy() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertEquals("reluctor: " + file + ": a file is in its place\n",
                said(assertThrows(IOException.class, () -> Files.createDirectory(file))));
        assertEquals("reluctor: " + folder + ": a folder that is not empty\n",
                said(assertThrows(IOException.class, () -> Files.delete(folder))));
        assertEquals("reluctor: " + file + ": no folder\n",
                said(assertThrows(IOException.class, () -> Files.list(file))));
        assertEquals("reluctor: " + file + "2: no such file or folder\n",
                said(assertThrows(IOException.class, () -> Files.size(folder.resolve("file2")))));
        assertEquals("reluctor: x: fails with FileSystemException\n", said(new FileSystemException("x")));
        assertEquals("reluctor: x: other disk\n", said(new AtomicMoveNotSupportedException("x", "y", "other disk")));
    }

    private static String said(IOException exception) {
        StringWriter err = new StringWriter();
        assertEquals(exception instanceof java.nio.file.NoSuchFileException ? ExitStatus.NO_INPUT : ExitStatus.IO,
                Errors.report(exception, new PrintWriter(err, true), false));
        return err.toString();
    }
}
