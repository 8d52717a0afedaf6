package org.reluctor.learn.command;

import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.reluctor.learn.data.DataFolder;
import org.reluctor.learn.data.DataFormatException;
import org.reluctor.learn.data.DataKind;
import org.reluctor.learn.data.Picture;
import org.reluctor.learn.data.Recording;
import picocli.CommandLine.Option;

/**
 * The options that say where signals are and which of them are read. Defaults are the fields' own, because picocli
 * gives those of annotations to no group that nothing was said about.
 */
class DataOptions implements SignalSource {
    private static final String VARIABLE = "RELUCTOR_DATA";

    @Option(names = "--data", paramLabel = "DIR",
            description = "Folder (or file) of recordings or pictures (default: environment variable " + VARIABLE
                    + ").")
    private Path data = fromEnvironment();

    @Option(names = "--kind", paramLabel = "KIND",
            description = "Which files of the folder: ${COMPLETION-CANDIDATES}, in upper or lower case (default: the"
                    + " only kind there, or the only one with the records that are named).")
    private DataKind kind;

    @Option(names = "--exclude", paramLabel = "NAME", split = ",",
            description = "Records, pictures or subjects that are not read at all.")
    private List<String> excluded = List.of();

    @Option(names = "--signal", paramLabel = "INDEX", split = ",",
            description = "Signals of each record, counted from 0; of several, each counts as a record (default 0).")
    private List<Integer> signals = List.of(0);

    @Option(names = "--most-pixels", paramLabel = "COUNT",
            description = "Pictures of more pixels are first reduced, by averages over squares (default: as they are).")
    private long mostPixels = Long.MAX_VALUE;

    private DataFolder folder;

    private static Path fromEnvironment() {
        String place = System.getenv(VARIABLE);
        return place == null || place.isEmpty() ? null : Path.of(place);
    }

    /**
     * Opens the folder; to be called first.
     *
     * @param named records by which one of several kinds is known; they need not be there
     */
    void open(Collection<String> named) {
        if (data == null || data.toString().isEmpty()) {
            throw new DataFormatException("no data: give --data DIR, or set the environment variable " + VARIABLE);
        }
        if (mostPixels < 1) {
            throw new DataFormatException("--most-pixels: " + mostPixels + " is out of range; must be 1 or more");
        }
        folder = kind == null ? DataFolder.open(data, named) : DataFolder.open(data, kind);
    }

    /** Where the data is, for messages. */
    Path place() {
        return data;
    }

    /** What the folder holds. */
    DataKind kind() {
        return folder.kind();
    }

    @Override
    public boolean holdsPictures() {
        return folder.kind().holdsPictures();
    }

    List<String> excluded() {
        return excluded;
    }

    List<Integer> signals() {
        return signals;
    }

    /** Pixels above which pictures are reduced, as a word of the command line; empty where they are not. */
    String mostPixels() {
        return mostPixels == Long.MAX_VALUE ? "" : String.valueOf(mostPixels);
    }

    /** Every record's subject by the record's name, without what is excluded, in ascending order of names. */
    Map<String, String> subjects() {
        Map<String, String> subjects = new LinkedHashMap<>();
        folder.names().forEach(name -> subjects.put(name, folder.subject(name)));
        subjects.keySet().removeAll(recordsOf(subjects, excluded));
        return subjects;
    }

    /** Records of those names; a name that no record bears may be a subject's, and stands for all of its records. */
    static Set<String> recordsOf(Map<String, String> subjects, Collection<String> names) {
        Set<String> records = new LinkedHashSet<>();
        for (String name : names) {
            if (subjects.containsKey(name) || !subjects.containsValue(name)) {
                records.add(name);
            } else {
                subjects.keySet().stream().filter(record -> subjects.get(record).equals(name)).forEach(records::add);
            }
        }
        return records;
    }

    /** Those records in few words: a subject's name where all of its records are among them. */
    List<String> shortened(Collection<String> records) {
        Map<String, String> subjects = subjects();
        Set<String> names = new LinkedHashSet<>();
        for (String record : records) {
            String subject = subjects.get(record);
            boolean whole = !subjects.containsKey(subject) && records.containsAll(recordsOf(subjects,
                    List.of(subject)));
            names.add(whole ? subject : record);
        }
        return List.copyOf(names);
    }

    @Override
    public List<Recording> recordings(String name) {
        Recording recording = folder.recording(name);
        if (signals.size() > 1) {
            return signals.stream().map(recording::alone).toList();
        }
        return List.of(new Recording(name, recording.subject(), recording.rateHz(),
                List.of(recording.channel(signals.get(0)))));
    }

    @Override
    public List<Picture> pictures(String name) {
        return folder.pictures(name).stream().map(picture -> picture.atMost(mostPixels)).toList();
    }
}
