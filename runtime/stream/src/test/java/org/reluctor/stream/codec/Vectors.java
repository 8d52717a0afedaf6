package org.reluctor.stream.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/** The byte-exact vectors in config/vectors: payloads in hexadecimal beside their meaning in JSON. */
final class Vectors {
    static final FrameLimits LIMITS = new FrameLimits(1024, 1024, 256, 4);
    static final String SENSOR = "ward3/ecg-7";
    private static final ObjectMapper JSON = new ObjectMapper();

    private Vectors() {
    }

    static byte[] payload(String name) {
        return HexFormat.of().parseHex(text(name + ".hex").strip());
    }

    static JsonNode meaning(String name) {
        try {
            return JSON.readTree(text(name + ".json"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static float[] floats(JsonNode array) {
        float[] values = new float[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) array.get(i).doubleValue();
        }
        return values;
    }

    private static String text(String file) {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.isDirectory(folder.resolve("config/vectors"))) {
            folder = folder.getParent();
        }
        if (folder == null) {
            throw new IllegalStateException("no folder config/vectors above " + Path.of("").toAbsolutePath());
        }
        try {
            return Files.readString(folder.resolve("config/vectors").resolve(file));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
