package org.reluctor.app.configuration;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.Failure;

class SecretTest {
    @TempDir
    Path folder;

    @Test
    void read_severalLines_givesTheFirst() throws IOException {
        Path file = Files.writeString(folder.resolve("s"), "pä ss\r\nsecond\n");
        assertArrayEquals("pä ss".toCharArray(), Secret.read(file));
    }

    @Test
    void read_folder_failsAsCredentials() {
        Failure failure = assertThrows(Failure.class, () -> Secret.read(folder));
        assertEquals(ExitStatus.CREDENTIALS, failure.status());
        assertTrue(failure.getMessage().contains("is a folder"), failure.getMessage());
    }

    @Test
    void problem_emptyFile_isTold() throws IOException {
        Path file = Files.createFile(folder.resolve("s"));
        assertEquals(Optional.of(file + " has 0 bytes; must have 1 to 65535"), Secret.problem(file));
    }
}
