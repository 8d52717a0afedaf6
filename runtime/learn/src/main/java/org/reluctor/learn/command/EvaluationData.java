package org.reluctor.learn.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.reluctor.learn.data.DataFormatException;
import org.reluctor.learn.data.RecordSplit;
import picocli.CommandLine.Option;

/** The options that say what a network is evaluated on. */
final class EvaluationData extends DataOptions {
    /** The set of MNIST that nothing is trained on. */
    static final String TEST_SET = "t10k";

    @Option(names = "--records", paramLabel = "NAME", split = ",",
            description = "Records, pictures or sets to evaluate on (default: all; of MNIST, the test set).")
    private List<String> records = List.of();

    /** Opens the folder; to be called first. */
    void open() {
        open(records);
    }

    /** Names of what is to be evaluated. */
    List<String> names() {
        List<String> names = new ArrayList<>(subjects().keySet());
        for (String name : records) {
            if (!names.contains(name)) {
                throw new DataFormatException(place() + ": no '" + name + "' to evaluate; here are "
                        + String.join(", ", names));
            }
        }
        if (!records.isEmpty()) {
            return List.copyOf(records);
        }
        return names.contains(TEST_SET) ? List.of(TEST_SET) : names;
    }

    /**
     * What is not evaluated, for the linear estimate: no record of a subject that is.
     *
     * @throws DataFormatException if nothing is left
     */
    List<String> others(List<String> evaluated) {
        Map<String, String> subjects = subjects();
        return RecordSplit.holdingOut(subjects, evaluated).training();
    }
}
