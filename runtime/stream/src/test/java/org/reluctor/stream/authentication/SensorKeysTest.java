package org.reluctor.stream.authentication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SensorKeysTest {
    private static final String KEY = "00112233445566778899aabbccddeeffFFEEDDCCBBAA99887766554433221100";

    @TempDir
    Path folder;

    private SensorKeys with(String content) throws IOException {
        Files.createDirectories(folder.resolve("lab"));
        Files.writeString(folder.resolve("lab/a.key"), content);
        return new SensorKeys(folder);
    }

    @Test
    void find_hexadecimalFile_isAKey() throws Exception {
        assertNotNull(with(KEY + "\n").find("lab/a"));
        assertNull(with(KEY).find("lab/b"));
        assertNull(with(KEY).find("site/a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "secret", "0011", KEY + "00", "\u00e4"})
    void find_anythingElse_isRefusedWithoutTellingIt(String content) throws IOException {
        SensorKeys keys = with(content);
        String message = assertThrows(SensorKeyException.class, () -> keys.find("lab/a")).getMessage();
        assertEquals(folder.resolve("lab/a.key").toString(), message.substring(0, message.indexOf(' ')));
        assertEquals(-1, message.indexOf("secret"));
    }

    @Test
    void new_noFolder_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> new SensorKeys(folder.resolve("none")));
    }
}
