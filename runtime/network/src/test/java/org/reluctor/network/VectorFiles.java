package org.reluctor.network;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The test vectors that the project publishes in config/vectors, found from wherever the tests run. */
final class VectorFiles {
    private VectorFiles() {
    }

    /** The records of a vector file: its lines without comments, cut at the commas. */
    static List<String[]> records(String fileName) throws IOException {
        return Files.readAllLines(folder().resolve(fileName), StandardCharsets.US_ASCII).stream()
                .filter(line -> !line.startsWith("#")).map(line -> line.split(",")).toList();
    }

    private static Path folder() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path vectors = at.resolve("config").resolve("vectors");
            if (Files.isDirectory(vectors)) {
                return vectors;
            }
        }
        throw new IllegalStateException("no folder above " + Path.of("").toAbsolutePath() + " holds config/vectors");
    }
}
