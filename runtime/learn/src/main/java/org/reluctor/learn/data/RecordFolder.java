package org.reluctor.learn.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A folder of WFDB records, one header file each. */
public final class RecordFolder {
    private static final String ENDING = ".hea";

    private final Path folder;
    private final List<String> names;

    private RecordFolder(Path folder, List<String> names) {
        this.folder = folder;
        this.names = names;
    }

    /**
     * Looks into a folder.
     *
     * @throws DataFormatException if it cannot be read or holds no record
     */
    public static RecordFolder open(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            List<String> names = files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(ENDING))
                    .map(file -> file.substring(0, file.length() - ENDING.length())).sorted().toList();
            if (names.isEmpty()) {
                throw new DataFormatException(folder + ": no WFDB record (*.hea) in this folder");
            }
            return new RecordFolder(folder, names);
        } catch (NotDirectoryException file) {
            throw new DataFormatException(folder + ": not a folder; a folder of WFDB records is needed", file);
        } catch (IOException failed) {
            throw new DataFormatException(folder + ": cannot be read as a folder of WFDB records", failed);
        }
    }

    /** Names of the records in ascending order. */
    public List<String> names() {
        return names;
    }

    /**
     * Reads one record.
     *
     * @throws DataFormatException if there is none of that name, or it cannot be used
     */
    public WfdbRecord read(String name) {
        if (!names.contains(name)) {
            throw new DataFormatException(folder + ": no record '" + name + "'; here are " + String.join(", ", names));
        }
        return WfdbRecord.read(folder.resolve(name + ENDING));
    }
}
