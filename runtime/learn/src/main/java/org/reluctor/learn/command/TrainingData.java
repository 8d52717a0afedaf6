package org.reluctor.learn.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.reluctor.learn.data.DataFormatException;
import org.reluctor.learn.data.DataKind;
import org.reluctor.learn.data.Picture;
import org.reluctor.learn.data.RecordSplit;
import org.reluctor.learn.data.Recording;
import org.reluctor.learn.data.TurnedAxes;
import picocli.CommandLine.Option;

/** The options that say what a network is trained on, chosen by and judged by. No subject is in two of the three. */
final class TrainingData extends DataOptions {
    private static final int RECORD_WINDOW = 256;
    private static final int PICTURE_BLOCK = 16;

    @Option(names = "--held-out", paramLabel = "NAME", split = ",",
            description = "Records, pictures or subjects that neither train nor choose; the figures are taken on them"
                    + " (default: a share, drawn by the seed; of MNIST, the test set).")
    private List<String> heldOut = List.of();

    @Option(names = "--held-out-share", paramLabel = "SHARE",
            description = "Share of the subjects held out where none are named; 0 for none (default 0.2).")
    private double heldOutShare = 0.2;

    @Option(names = "--validation", paramLabel = "NAME", split = ",",
            description = "Records, pictures or subjects by which training by gradients chooses the best network"
                    + " (default: a share of what is not held out).")
    private List<String> validation = List.of();

    @Option(names = "--validation-share", paramLabel = "SHARE",
            description = "That share; 0 trains on all and chooses by batches of it (default 0.1).")
    private double validationShare = 0.1;

    @Option(names = "--window", paramLabel = "N", description = "Samples of a window of recordings, n (default "
            + RECORD_WINDOW + ").")
    private int window = RECORD_WINDOW;

    @Option(names = "--turned", paramLabel = "COUNT",
            description = "Of records of three signals, the axes of one sensor, also so many copies turned at random,"
                    + " to train on (default 0).")
    private int turned;

    @Option(names = "--unit", paramLabel = "UNIT",
            description = "Unit of signals whose files name none, such as m/s2.")
    private String unit = "";

    @Option(names = "--tile", paramLabel = "B",
            description = "Side of a picture's blocks in pixels, n = B*B (default: small pictures whole, of"
                    + " photographs " + PICTURE_BLOCK + ").")
    private int tile;

    @Option(names = "--pictures", paramLabel = "COUNT",
            description = "Train on the first so many pictures alone (default: all).")
    private int pictures = Integer.MAX_VALUE;

    private RecordSplit judged;
    private RecordSplit chosen;
    private double chosenShare;

    /** Samples a window of recordings. */
    int window() {
        return window;
    }

    /** Unit of signals whose files name none; empty where it is unknown. */
    String unit() {
        return unit;
    }

    /** Names that are held out; known once the data was read. */
    List<String> heldOut() {
        return judged.heldOut();
    }

    /** The same in few words. */
    List<String> shortHeldOut() {
        return shortened(judged.heldOut());
    }

    /** Names that were given to be held out. */
    List<String> namedHeldOut() {
        return heldOut;
    }

    /**
     * Opens the folder and splits what is in it.
     *
     * @param seed    of the draws
     * @param drawn   whether what is held out is drawn where no names are given
     * @param chooses whether the method needs signals to choose by
     * @throws DataFormatException if it cannot be split so
     */
    void split(long seed, boolean drawn, boolean chooses) {
        requireShare("--held-out-share", heldOutShare);
        requireShare("--validation-share", validationShare);
        if (window < 1 || tile < 0 || pictures < 1 || turned < 0) {
            throw new IllegalArgumentException("--window " + window + ", --tile " + tile + ", --pictures " + pictures
                    + ", --turned " + turned + ": right are 1 or more, 0 or more, 1 or more, 0 or more");
        }
        if (signals().stream().anyMatch(signal -> signal < 0)) {
            throw new IllegalArgumentException("--signal: " + signals() + " is out of range; must be 0 or more");
        }
        List<String> named = new ArrayList<>(heldOut);
        named.addAll(validation);
        named.addAll(excluded());
        open(named);
        Map<String, String> subjects = subjects();
        if (subjects.isEmpty()) {
            throw new DataFormatException(place() + ": no record is left; exclude fewer");
        }
        boolean testSet = drawn && heldOut.isEmpty() && subjects.size() > 1
                && subjects.containsKey(EvaluationData.TEST_SET);
        judged = split(subjects, testSet ? List.of(EvaluationData.TEST_SET) : heldOut, drawn ? heldOutShare : 0, seed);
        subjects.keySet().retainAll(judged.training());
        boolean alone = Set.copyOf(subjects.values()).size() < 2;
        chosenShare = chooses ? validationShare : 0;
        chosen = split(subjects, validation, alone ? 0 : chosenShare, seed + 1);
    }

    private static void requireShare(String option, double share) {
        if (!(share >= 0 && share < 1)) {
            throw new IllegalArgumentException(option + ": " + share + " is out of range; must be 0 or more and below"
                    + " 1");
        }
    }

    private static RecordSplit split(Map<String, String> subjects, List<String> named, double share, long seed) {
        if (!named.isEmpty()) {
            return RecordSplit.holdingOut(subjects, recordsOf(subjects, named));
        }
        return share == 0 ? new RecordSplit(List.copyOf(subjects.keySet()), List.of())
                : RecordSplit.drawn(subjects, share, seed);
    }

    /** Reads what trains and what chooses; after {@link #split}. */
    TrainingSignals read() {
        if (holdsPictures()) {
            return readPictures();
        }
        List<Recording> training = new ArrayList<>();
        chosen.training().forEach(name -> training.addAll(turning(recordings(name))));
        List<Recording> choosing = new ArrayList<>();
        chosen.heldOut().forEach(name -> choosing.addAll(recordings(name)));
        return new RecordedSignals(kind(), signals(), window, unit,
                new RecordedSignals.Part(shortened(chosen.training()), training),
                new RecordedSignals.Part(shortened(chosen.heldOut()), choosing));
    }

    /** With turned copies; a record's name decides its turns, whatever else is read. */
    private List<Recording> turning(List<Recording> axes) {
        if (turned == 0) {
            return axes;
        }
        List<Recording> all = new ArrayList<>(axes);
        all.addAll(TurnedAxes.of(axes, turned, axes.get(0).name().hashCode()));
        return all;
    }

    private TrainingSignals readPictures() {
        List<Picture> training = new ArrayList<>();
        chosen.training().forEach(name -> training.addAll(pictures(name)));
        List<Picture> choosing = new ArrayList<>();
        chosen.heldOut().forEach(name -> choosing.addAll(pictures(name)));
        boolean sets = kind() == DataKind.IDX;
        if (choosing.isEmpty() && sets && validation.isEmpty()) {
            // One set of many pictures: its last ones choose.
            int kept = training.size() - (int) (chosenShare * training.size());
            choosing.addAll(training.subList(kept, training.size()));
            training.subList(kept, training.size()).clear();
        }
        training.subList(Math.min(pictures, training.size()), training.size()).clear();
        int side = tile > 0 ? tile : sets ? Math.min(training.get(0).width(), training.get(0).height()) : PICTURE_BLOCK;
        return new PicturedSignals(kind(), side, !sets, training, choosing,
                sets ? chosen.training() : training.stream().map(Picture::name).toList());
    }

    /** The same as words of the command line. */
    Map<String, String> words() {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("--kind", kind().name().toLowerCase(Locale.ROOT));
        words.put("--exclude", String.join(",", excluded()));
        words.put("--held-out", String.join(",", shortHeldOut()));
        words.put("--held-out-share", judged.heldOut().isEmpty() ? "0" : "");
        words.put("--validation", String.join(",", shortened(chosen.heldOut())));
        words.put("--validation-share", chosen.heldOut().isEmpty() ? String.valueOf(chosenShare) : "");
        if (holdsPictures()) {
            words.put("--tile", tile == 0 ? "" : String.valueOf(tile));
            words.put("--most-pixels", mostPixels());
            words.put("--pictures", pictures == Integer.MAX_VALUE ? "" : String.valueOf(pictures));
        } else {
            words.put("--signal", String.join(",", signals().stream().map(String::valueOf).toList()));
            words.put("--window", String.valueOf(window));
            words.put("--unit", unit);
            words.put("--turned", turned == 0 ? "" : String.valueOf(turned));
        }
        return words;
    }
}
