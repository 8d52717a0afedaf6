package org.reluctor.learn.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Recordings or pictures of one kind in a folder, known by their files' names without endings. Files are looked for in
 * the folder itself and, where it has none, in those below it. Nothing is kept of what was read.
 */
public final class DataFolder {
    private static final int DEEPEST = 4;

    private final Path place;
    private final DataKind kind;
    private final SortedMap<String, Path> files;

    private DataFolder(Path place, DataKind kind, List<Path> found) {
        this.place = place;
        this.kind = kind;
        this.files = new TreeMap<>();
        for (Path file : found) {
            Path same = files.put(kind.stem(file.getFileName().toString()), file);
            if (same != null) {
                throw new DataFormatException(file + ": bears the same name as " + same
                        + "; names must differ, or the folders be named one by one");
            }
        }
    }

    /**
     * Finds out what a folder, or a single file, holds.
     *
     * @throws DataFormatException if it cannot be read, or holds nothing that is known, or several kinds
     */
    public static DataFolder open(Path place) {
        Map<DataKind, List<Path>> found = find(place);
        if (found.size() > 1) {
            throw new DataFormatException(place + ": holds several kinds of data: " + found.entrySet().stream()
                    .map(entry -> name(entry.getKey()) + " (" + entry.getValue().get(0) + ")")
                    .collect(Collectors.joining(", ")) + "; name a folder of one, or say which kind");
        }
        DataKind only = found.keySet().iterator().next();
        return new DataFolder(place, only, found.get(only));
    }

    /** As {@link #open(Path)}, where the kind is known and others may lie beside it. */
    public static DataFolder open(Path place, DataKind kind) {
        List<Path> files = Files.isRegularFile(place) ? List.of(place) : find(place).get(kind);
        if (files == null) {
            throw new DataFormatException(place + ": no file of the kind " + name(kind) + " in this folder; known are "
                    + DataKind.known());
        }
        return new DataFolder(place, kind, files);
    }

    /** As {@link #open(Path)}; of several kinds that one is taken which alone has all those names. */
    public static DataFolder open(Path place, Collection<String> names) {
        List<Map.Entry<DataKind, List<Path>>> fitting = find(place).entrySet().stream()
                .filter(entry -> entry.getValue().stream().map(file -> entry.getKey().stem(file.getFileName()
                        .toString())).collect(Collectors.toSet()).containsAll(names)).toList();
        return fitting.size() == 1 ? new DataFolder(place, fitting.get(0).getKey(), fitting.get(0).getValue())
                : open(place);
    }

    private static String name(DataKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static Map<DataKind, List<Path>> find(Path place) {
        if (!Files.exists(place)) {
            throw new DataFormatException(place + ": no such folder; a folder of recordings or pictures is needed");
        }
        Map<DataKind, List<Path>> found = find(place, 1);
        if (found.isEmpty()) {
            found = find(place, DEEPEST);
        }
        if (found.isEmpty()) {
            throw new DataFormatException(place + ": nothing to read in it; right is a folder (or a file) of one of "
                    + DataKind.known());
        }
        return found;
    }

    private static Map<DataKind, List<Path>> find(Path place, int depth) {
        Map<DataKind, List<Path>> found = new EnumMap<>(DataKind.class);
        try (Stream<Path> files = Files.walk(place, depth)) {
            files.filter(Files::isRegularFile).sorted().forEach(file -> DataKind.ofFile(file.getFileName().toString())
                    .ifPresent(kind -> found.computeIfAbsent(kind, other -> new ArrayList<>()).add(file)));
        } catch (IOException | UncheckedIOException failed) {
            throw new DataFormatException(place + ": cannot be read: " + failed.getMessage(), failed);
        }
        return found;
    }

    /** What it holds. */
    public DataKind kind() {
        return kind;
    }

    /** Names of recordings, pictures or sets of pictures in ascending order. */
    public List<String> names() {
        return List.copyOf(files.keySet());
    }

    /** Who or what a record of that name is of, told by its name alone. */
    public String subject(String name) {
        return switch (kind) {
            case WFDB -> Subjects.ofRecord(name);
            case CSV -> CsvRecording.subject(name);
            default -> name;
        };
    }

    /**
     * Reads one recording.
     *
     * @throws DataFormatException if there is none of that name, or it cannot be used
     */
    public Recording recording(String name) {
        Path file = file(name);
        return switch (kind) {
            case WFDB -> Recording.of(WfdbRecord.read(file));
            case CSV -> CsvRecording.read(file);
            case NPY, MAT -> ArrayRecording.read(file);
            case WAV -> WavRecording.read(file);
            case PICTURES, IDX -> throw new DataFormatException(file + ": a picture; a recording is needed");
        };
    }

    /**
     * Reads one picture, or all pictures of a set.
     *
     * @throws DataFormatException if there is none of that name, or it cannot be used
     */
    public List<Picture> pictures(String name) {
        Path file = file(name);
        return switch (kind) {
            case PICTURES -> List.of(PictureFile.read(file));
            case IDX -> IdxImages.read(file);
            default -> throw new DataFormatException(file + ": a recording; a picture is needed");
        };
    }

    /** The pictures of several names, one behind the other. */
    public List<Picture> pictures(List<String> names) {
        List<Picture> all = new ArrayList<>();
        names.forEach(name -> all.addAll(pictures(name)));
        return all;
    }

    private Path file(String name) {
        Path file = files.get(name);
        if (file == null) {
            throw new DataFormatException(place + ": no '" + name + "' in it; here are " + String.join(", ", names()));
        }
        return file;
    }
}
