package org.reluctor.app.board;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder for the files of one trial, gone with it. */
final class TrialFolder implements AutoCloseable {
    private final Path folder;

    TrialFolder() throws IOException {
        folder = Files.createTempDirectory("reluctor-trial-");
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    /** A folder of drivers that has that ICD file alone. */
    Path vendors(Path icdFile) throws IOException {
        Path vendors = Files.createDirectory(file("vendors"));
        Files.copy(icdFile, vendors.resolve(icdFile.getFileName().toString()));
        return vendors;
    }

    /** What a process wrote; drivers write what they like, and a replacement character does no harm here. */
    String text(String name) throws IOException {
        return new String(Files.readAllBytes(file(name)), java.nio.charset.StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(folder)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        for (Path file : deepestFirst) {
            Files.deleteIfExists(file);
        }
    }
}
