package org.reluctor.app.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileAccessTest {
    @TempDir
    Path folder;
    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(Files.createDirectories(folder.resolve("keys/site")).resolve("a.key"), "secret");
    }

    private static Path with(Path path, String permissions) throws IOException {
        return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    @Test
    void ofSecret_readableOrWritableByOthers_isTold() throws IOException {
        for (String open : new String[] {"rw-r-----", "rw----r--", "rw-rw-rw-"}) {
            assertTrue(FileAccess.ofSecret(with(file, open)).orElse("").contains("chmod 600"), open);
        }
        assertTrue(FileAccess.ofSecret(with(file, "rw--w----")).orElse("").contains("can be changed"));
        assertEquals(Optional.empty(), FileAccess.ofSecret(with(file, "rw-------")));
        assertEquals(Optional.empty(), FileAccess.ofSecret(folder.resolve("none")));
    }

    @Test
    void ofTrusted_writableByOthers_isTold() throws IOException {
        assertTrue(FileAccess.ofTrusted(with(file, "rw-r--rw-")).orElse("").contains("can be changed"));
        assertEquals(Optional.empty(), FileAccess.ofTrusted(with(file, "rw-r--r--")));
    }

    @Test
    void ofSecrets_folderThatOthersEnter_isToldInOneLine() throws IOException {
        Path keys = with(folder.resolve("keys"), "rwxr-xr-x");
        Files.writeString(keys.resolve("site/b.key"), "secret");
        with(keys.resolve("site/b.key"), "rw-------");
        with(file, "rw-r--r--");
        assertEquals(Optional.of(keys + ": 1 key can be read or changed by other users, such as " + file
                + "; chmod 700 of the folder keeps them secret"), FileAccess.ofSecrets(keys, ".key"));
        with(file, "rw-------");
        assertEquals(Optional.empty(), FileAccess.ofSecrets(keys, ".key"));
        with(file, "rw-r--r--");
        with(keys, "rwx------");
        assertEquals(Optional.empty(), FileAccess.ofSecrets(keys, ".key"));
    }
}
