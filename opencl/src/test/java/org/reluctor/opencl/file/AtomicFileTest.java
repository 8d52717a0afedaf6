package org.reluctor.opencl.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
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

    @Test
    void copy_ofMoreOrLessThanIsWanted_hasItsFirstBytes() throws IOException {
        byte[] content = new byte[200_000];
        new Random(1).nextBytes(content);
        Path from = Files.write(folder.resolve("from"), content);
        for (int most : new int[] {0, 1, 65_536, 65_537, 199_999, 200_000, 300_000}) {
            Path file = folder.resolve("to");
            AtomicFile.copy(from, file, most);
            assertArrayEquals(Arrays.copyOf(content, Math.min(most, content.length)), Files.readAllBytes(file));
        }
    }

    @Test
    void copy_ofNothing_leavesTheOldFileAndNothingBeside() throws IOException {
        Path file = Files.write(folder.resolve("f"), new byte[3]);
        assertThrows(IOException.class, () -> AtomicFile.copy(folder.resolve("nowhere"), file, 10));
        assertThrows(IOException.class, () -> AtomicFile.copy(folder, file, 10));
        assertEquals(List.of(file), list());
    }

    private List<Path> list() throws IOException {
        try (var files = Files.list(folder)) {
            return files.toList();
        }
    }
}
