package org.reluctor.learn.command;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options that say what a batch of training by gradients is made of. */
final class BatchOptions {
    @Option(names = "--batch", paramLabel = "B",
            description = "Windows or blocks a batch, about (default 136; of pictures 128).")
    private int batch;

    @Option(names = "--windows", paramLabel = "G",
            description = "Windows of a record in a batch, whose error is taken together (default 4).")
    private int windows = 4;

    @Option(names = "--gain", paramLabel = "S",
            description = "Windows are multiplied by exp(U(-S, S)), which the loss undoes (default 0.5).")
    private double gain = 0.5;

    /** Windows or blocks a batch. */
    int size(boolean pictures) {
        if (batch < 0 || windows < 1) {
            throw new IllegalArgumentException("--batch " + batch + ", --windows " + windows
                    + ": both must be 1 or more");
        }
        return batch > 0 ? batch : pictures ? 128 : 136;
    }

    int windows() {
        return windows;
    }

    double gain() {
        return gain;
    }

    /** The same as words of the command line. */
    Map<String, String> words(boolean pictures) {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("--batch", String.valueOf(size(pictures)));
        if (!pictures) {
            words.put("--windows", String.valueOf(windows));
            words.put("--gain", String.valueOf(gain));
        }
        return words;
    }
}
