package org.reluctor.app.board;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files by which a Linux board tells of itself, below a root that tests choose. What cannot be read is as if it
 * were not there: a check goes on. Immutable.
 */
record BoardFiles(Path root) {
    /** No file of /proc or /sys that is read here is longer. */
    private static final int MOST_CHARACTERS = 1 << 16;

    /** A place given as on the board, such as {@code /etc/OpenCL}. */
    Path at(String absolute) {
        return root.resolve(absolute.substring(1));
    }

    /** The board's name for a file below the root. */
    String nameOf(Path file) {
        return file.startsWith(root) ? "/" + root.relativize(file) : file.toString();
    }

    /** Content without white space at the ends; device trees end texts with zeros. */
    Optional<String> text(String absolute) {
        try {
            String text = new String(Files.readAllBytes(at(absolute)), StandardCharsets.UTF_8);
            String shown = text.substring(0, Math.min(text.length(), MOST_CHARACTERS)).replace('\0', ' ').strip();
            return Optional.of(shown).filter(some -> !some.isEmpty());
        } catch (IOException absent) {
            return Optional.empty();
        }
    }

    /** Files of a folder whose names match, by name. */
    List<Path> list(String folder, String namePattern) {
        try (Stream<Path> files = Files.list(at(folder))) {
            return files.filter(file -> file.getFileName().toString().matches(namePattern)).sorted().toList();
        } catch (IOException absent) {
            return List.of();
        }
    }

    /** The last name of a link's target, such as that of a device's driver. */
    Optional<String> linkName(Path link) {
        try {
            return Optional.of(Files.readSymbolicLink(link).getFileName().toString());
        } catch (IOException absent) {
            return Optional.empty();
        }
    }

    /** Whether any of the paths is there. */
    boolean any(String... absolute) {
        return Arrays.stream(absolute).anyMatch(path -> Files.exists(at(path)));
    }
}
