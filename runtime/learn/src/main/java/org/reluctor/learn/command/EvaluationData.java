package org.reluctor.learn.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.reluctor.learn.data.DataFolder;
import org.reluctor.learn.data.DataFormatException;
import org.reluctor.learn.data.DataKind;
import org.reluctor.learn.data.Picture;
import org.reluctor.learn.data.RecordSplit;
import org.reluctor.learn.data.Recording;
import picocli.CommandLine.Option;

/** The options that say what a network is evaluated on. */
final class EvaluationData {
    /** The set of MNIST that nothing is trained on. */
    private static final String TEST_SET = "t10k";

    @Option(names = "--data", paramLabel = "DIR", defaultValue = "${env:RELUCTOR_DATA}",
            description = "Folder (or file) of recordings or pictures (default: environment variable RELUCTOR_DATA).")
    private Path data;

    @Option(names = "--kind", paramLabel = "KIND",
            description = "Which files of the folder: ${COMPLETION-CANDIDATES}, in upper or lower case (default: the"
                    + " only kind there, or the only one with the records that are named).")
    private DataKind kind;

    @Option(names = "--records", paramLabel = "NAME", split = ",",
            description = "Records, pictures or sets to evaluate on (default: all; of MNIST, the test set).")
    private List<String> records = List.of();

    @Option(names = "--exclude", paramLabel = "NAME", split = ",",
            description = "Records or pictures that are not read at all.")
    private List<String> excluded = List.of();

    @Option(names = "--signal", paramLabel = "INDEX", split = ",", defaultValue = "0",
            description = "Signals of each record, counted from 0; of several, each counts as a record (default"
                    + " ${DEFAULT-VALUE}).")
    private List<Integer> signals = List.of();

    private DataFolder folder;

    /** Opens the folder; to be called first. */
    void open() {
        if (data == null || data.toString().isEmpty()) {
            throw new DataFormatException("no data: give --data DIR, or set the environment variable RELUCTOR_DATA");
        }
        folder = kind == null ? DataFolder.open(data, records) : DataFolder.open(data, kind);
    }

    boolean holdsPictures() {
        return folder.kind().holdsPictures();
    }

    /** Names of what is to be evaluated. */
    List<String> names() {
        List<String> names = new ArrayList<>(folder.names());
        names.removeAll(excluded);
        for (String name : records) {
            if (!names.contains(name)) {
                throw new DataFormatException(data + ": no '" + name + "' to evaluate; here are "
                        + String.join(", ", names));
            }
        }
        if (!records.isEmpty()) {
            return List.copyOf(records);
        }
        return names.contains(TEST_SET) ? List.of(TEST_SET) : names;
    }

    /** The chosen signals of one record, each as a recording of one channel. */
    List<Recording> recordings(String name) {
        Recording recording = folder.recording(name);
        if (signals.size() > 1) {
            return signals.stream().map(recording::alone).toList();
        }
        return List.of(new Recording(name, recording.subject(), recording.rateHz(),
                List.of(recording.channel(signals.get(0)))));
    }

    List<Picture> pictures(String name) {
        return folder.pictures(name);
    }

    /**
     * What is not evaluated, for the linear estimate: no record of a subject that is.
     *
     * @throws DataFormatException if nothing is left
     */
    List<String> others(List<String> evaluated) {
        List<String> names = new ArrayList<>(folder.names());
        names.removeAll(excluded);
        Map<String, String> subjects = new LinkedHashMap<>();
        names.forEach(name -> subjects.put(name, folder.subject(name)));
        return RecordSplit.holdingOut(subjects, evaluated).training();
    }
}
