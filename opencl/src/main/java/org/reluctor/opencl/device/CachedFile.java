package org.reluctor.opencl.device;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A file of a {@link ProgramCache}'s folder as it was found.
 *
 * @param path        of it
 * @param lengthBytes of its content
 * @param usedMs      when it was made or used last, milliseconds since 1970
 */
record CachedFile(Path path, long lengthBytes, long usedMs) {
    /** The files in a folder, those used last first; none where it cannot be listed. */
    static List<CachedFile> latestFirst(Path folder) {
        List<CachedFile> found = new ArrayList<>();
        try (Stream<Path> paths = Files.list(folder)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                if (Files.isRegularFile(path)) {
                    found.add(new CachedFile(path, Files.size(path), Files.getLastModifiedTime(path).toMillis()));
                }
            }
        } catch (IOException | UncheckedIOException e) {
            // Another process deletes here too; it is looked at again at the next start.
            return List.of();
        }
        found.sort(Comparator.comparingLong(CachedFile::usedMs).reversed());
        return found;
    }

    String name() {
        return path.getFileName().toString();
    }
}
