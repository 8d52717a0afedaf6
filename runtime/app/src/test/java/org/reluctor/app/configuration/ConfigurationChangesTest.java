package org.reluctor.app.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was changed bears the names of the file. */
class ConfigurationChangesTest {
    @TempDir
    Path folder;

    private Configuration with(Map<String, String> values) throws Exception {
        Files.write(folder.resolve("net.onnx"), new byte[] {1});
        Map<String, String> all = new HashMap<>(Map.of("networks[0].file", "net.onnx"));
        all.putAll(values);
        return ConfigurationReader.of(all, folder);
    }

    @Test
    void between_changedSettings_namesThemAsTheFileDoes() throws Exception {
        Configuration before = with(Map.of());
        assertEquals(List.of(), ConfigurationChanges.between(before, with(Map.of())));
        assertEquals(List.of("topics.root", "broker.keepAliveSeconds", "networks", "queue.unreliableFrames",
                "sensors.framesPerSecond", "log.level"), ConfigurationChanges.between(before,
                with(Map.of("topics.root", "other", "broker.keepAliveSeconds", "31", "networks[0].sensors", "a/+",
                        "queue.unreliableFrames", "65", "sensors.framesPerSecond", "7", "log.level", "debug"))));
    }
}
