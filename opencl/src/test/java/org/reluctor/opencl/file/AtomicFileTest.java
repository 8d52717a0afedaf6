package org.reluctor.opencl.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    @TempDir
    Path folder;

    @Test
    void write_overAnother_replacesItAndLeavesNothingBeside() throws IOException {
        Path file = Files.write(folder.resolve("f"), new byte[100]);
        AtomicFile.write(file, new byte[] {1, 2}, new byte[0], new byte[] {3});
        assertArrayEquals(new byte[] {1, 2, 3}, Files.readAllBytes(file));
        assertEquals(List.of(file), list());
    }

    @Test
    void write_whereItCannotBePut_leavesNothing() throws IOException {
        Path taken = Files.createDirectories(folder.resolve("f/g")).getParent();
        assertThrows(IOException.class, () -> AtomicFile.write(taken, new byte[1]));
        assertEquals(List.of(taken), list());
    }

    private List<Path> list() throws IOException {
        try (var files = Files.list(folder)) {
            return files.toList();
        }
    }
}
