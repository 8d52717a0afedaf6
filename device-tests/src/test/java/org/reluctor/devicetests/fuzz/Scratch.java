package org.reluctor.devicetests.fuzz;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files for readers that want files: in one folder of this JVM, which goes with it. */
final class Scratch {
    private static final Path FOLDER = create();

    private Scratch() {
    }

    /** Writes a file, or writes it anew. */
    static Path file(String name, byte[] content) throws IOException {
        return Files.write(FOLDER.resolve(name), content);
    }

    static Path folder() {
        return FOLDER;
    }

    private static Path create() {
        try {
            Path folder = Files.createTempDirectory("reluctor-fuzz");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
            return folder;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void delete(Path folder) {
        for (File file : folder.toFile().listFiles()) {
            file.delete();
        }
        folder.toFile().delete();
    }
}
