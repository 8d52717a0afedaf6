package org.reluctor.learn.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.Failure;
import org.reluctor.app.command.InputFiles;
import picocli.CommandLine.Option;

/** The options that say how long training goes on, and how it can be gone on with. */
final class BudgetOptions {
    /** Where time is the limit: no schedule takes so many steps. */
    private static final int WITHOUT_END = 100_000_000;

    @Option(names = "--steps", paramLabel = "COUNT",
            description = "Steps of the method at most. The same steps give the same file, byte for byte (default: what"
                    + " the method needs; without a limit where --minutes is given).")
    private int steps;

    @Option(names = "--minutes", paramLabel = "MINUTES",
            description = "Minutes of training at most; learning rates fall to 0 by then.")
    private double minutes;

    @Option(names = "--checkpoint", paramLabel = "FILE",
            description = "Write there, as training goes, all that is needed to go on.")
    private Path checkpoint;

    @Option(names = "--checkpoint-every", paramLabel = "COUNT",
            description = "Steps between checkpoints (default: a twentieth of --steps, or 500).")
    private int checkpointEvery;

    @Option(names = "--resume",
            description = "Go on from the checkpoint, if there is one; all other options must be as they were.")
    private boolean resume;

    /** Refuses what is out of range or would overwrite a checkpoint. */
    void check() {
        if (steps < 0 || !(minutes >= 0) || Double.isInfinite(minutes) || checkpointEvery < 0) {
            throw new IllegalArgumentException("--steps " + steps + ", --minutes " + minutes + ", --checkpoint-every "
                    + checkpointEvery + ": right is above 0");
        }
        if (resume && checkpoint == null) {
            throw new IllegalArgumentException("--resume needs --checkpoint FILE, the file to go on from");
        }
        if (checkpoint != null) {
            InputFiles.requireCreatable(checkpoint);
            if (!resume && Files.exists(checkpoint)) {
                throw new Failure(ExitStatus.CANNOT_CREATE, checkpoint + ": is there already; give --resume to go on"
                        + " from it, or delete it to begin anew");
            }
        }
    }

    /** Steps at most. */
    int steps(int usual) {
        return steps > 0 ? steps : minutes > 0 ? WITHOUT_END : usual;
    }

    /** Steps at most; 0 where time alone is the limit. */
    int limit(int usual) {
        return steps(usual) == WITHOUT_END ? 0 : steps(usual);
    }

    /** Whether steps alone end training, so that it can be repeated. */
    boolean isBySteps() {
        return minutes == 0;
    }

    /** At most; 0 for no limit. */
    double minutes() {
        return minutes;
    }

    /** Steps between validations, of so many steps at most. */
    int part(int all, int parts, int otherwise) {
        return all == WITHOUT_END ? otherwise : Math.max(1, all / parts);
    }

    /** Steps between checkpoints, of so many steps at most. */
    int checkpointEvery(int all) {
        return checkpointEvery > 0 ? checkpointEvery : part(all, 20, 500);
    }

    /** Where training is kept as it goes; null for nowhere. */
    Path checkpoint() {
        return checkpoint;
    }

    /** The same as words of the command line; how a training was cut into pieces is not among them. */
    Map<String, String> words(int usual) {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("--steps", steps(usual) == WITHOUT_END ? "" : String.valueOf(steps(usual)));
        words.put("--minutes", minutes == 0 ? "" : String.valueOf(minutes));
        return words;
    }
}
