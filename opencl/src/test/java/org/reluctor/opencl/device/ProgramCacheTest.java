package org.reluctor.opencl.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reluctor.opencl.OpenClException;

class ProgramCacheTest {
    private static final byte[] BINARY = {1, 2, 3};

    @TempDir
    Path folder;

    private static byte[] key(int number) {
        byte[] key = new byte[32];
        key[0] = (byte) (number >> 8);
        key[1] = (byte) number;
        return key;
    }

    private Path aged(String name, long lengthBytes, Duration age) throws IOException {
        Path file = folder.resolve(name);
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(lengthBytes);
        }
        return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
    }

    private long count() throws IOException {
        try (var files = Files.list(folder)) {
            return files.count();
        }
    }

    @Test
    void find_kept_isTheSameAndCountsAsUsed() throws IOException {
        ProgramCache cache = new ProgramCache(folder);
        cache.keep(key(1), BINARY);
        Path file;
        try (var files = Files.list(folder)) {
            file = files.findFirst().orElseThrow();
        }
        Instant before = Instant.now().minus(Duration.ofDays(9));
        Files.setLastModifiedTime(file, FileTime.from(before));
        assertArrayEquals(BINARY, cache.find(key(1)).orElseThrow());
        assertTrue(Files.getLastModifiedTime(file).toInstant().isAfter(before.plusSeconds(60)));
        assertTrue(cache.find(key(2)).isEmpty());
    }

    @Test
    void new_tooManyFiles_keepsThoseUsedLast() throws IOException {
        ProgramCache cache = new ProgramCache(folder);
        for (int i = 0; i < 300; i++) {
            cache.keep(key(i), BINARY);
        }
        Path old = aged("0".repeat(64) + ".clbin", 10, Duration.ofDays(400));
        new ProgramCache(folder);
        assertEquals(256, count());
        assertFalse(Files.exists(old));
    }

    @Test
    void new_tooManyBytes_deletesThoseUsedLeastRecently() throws IOException {
        Path old = aged("a".repeat(64) + ".clbin", 30 << 20, Duration.ofDays(3));
        Path middle = aged("b".repeat(64) + ".clbin", 30 << 20, Duration.ofDays(2));
        Path recent = aged("c".repeat(64) + ".clbin", 30 << 20, Duration.ofDays(1));
        new ProgramCache(folder);
        assertFalse(Files.exists(old));
        assertTrue(Files.exists(middle) && Files.exists(recent));
    }

    @Test
    void new_leftByKilledProcesses_isDeletedAfterADayAndNothingElse() throws IOException {
        Path left = aged("d".repeat(64) + ".clbin.1.part", 5, Duration.ofDays(2));
        Path written = aged("probe2.part", 5, Duration.ofMinutes(1));
        Path foreign = aged("download.part", 5, Duration.ofDays(2000));
        Path exported = aged("lista.clbin", 65 << 20, Duration.ofDays(2000));
        new ProgramCache(folder);
        assertFalse(Files.exists(left));
        assertTrue(Files.exists(written) && Files.exists(foreign) && Files.exists(exported));
        assertEquals(3, count());
    }

    @Test
    void new_fileInTheFoldersPlace_isRefusedInWords() throws IOException {
        Path file = Files.createFile(folder.resolve("f"));
        String message = assertThrows(OpenClException.class, () -> new ProgramCache(file)).getMessage();
        assertTrue(message.contains(file + " cannot be written (a file is in its place)"), message);
    }
}
