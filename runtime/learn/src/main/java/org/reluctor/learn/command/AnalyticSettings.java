package org.reluctor.learn.command;

import org.reluctor.learn.training.AnalyticOptions;
import picocli.CommandLine.Option;

/** The options of {@code train --method analytic}. */
final class AnalyticSettings {
    @Option(names = "--window", paramLabel = "N", defaultValue = "256",
            description = "Samples a window, n (default ${DEFAULT-VALUE}).")
    private int window;

    @Option(names = "--measurements", paramLabel = "M", defaultValue = "64",
            description = "Measurements a window, m (default ${DEFAULT-VALUE}).")
    private int measurements;

    @Option(names = "--ones", paramLabel = "D", defaultValue = "4",
            description = "Ones in every column of the sparse binary matrix (default ${DEFAULT-VALUE}).")
    private int ones;

    @Option(names = "--seed", paramLabel = "SEED", defaultValue = "1",
            description = "First seed tried for the matrix (default ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--seeds", paramLabel = "COUNT", defaultValue = "100",
            description = "Seeds tried, ascending; the best linear recovery wins (default ${DEFAULT-VALUE}).")
    private int seeds;

    @Option(names = "--phases", paramLabel = "K", defaultValue = "3",
            description = "Unrolled phases; 0 for the linear start alone (default ${DEFAULT-VALUE}).")
    private int phases;

    @Option(names = "--levels", paramLabel = "L", defaultValue = "5",
            description = "Levels of the wavelet basis; 2^L must divide N (default ${DEFAULT-VALUE}).")
    private int levels;

    @Option(names = "--noise", paramLabel = "SIGMA", defaultValue = "0.00144",
            description = "Standard deviation of the measurements' noise, in the signal's unit (default"
                    + " ${DEFAULT-VALUE}: in mV, rounding at 200 steps a mV).")
    private double noise;

    @Option(names = "--stride", paramLabel = "K", defaultValue = "4",
            description = "Train on every K-th window (default ${DEFAULT-VALUE}).")
    private int stride;

    int window() {
        return window;
    }

    int stride() {
        return stride;
    }

    /**
     * The settings as the trainer takes them.
     *
     * @throws IllegalArgumentException for values out of range
     */
    AnalyticOptions options() {
        if (window < 1 || levels < 1 || levels > 30 || window % (1 << levels) != 0) {
            throw new IllegalArgumentException("a window of " + window + " samples and " + levels
                    + " levels; right is a window that is a multiple of 2 to the power of the levels");
        }
        if (stride < 1) {
            throw new IllegalArgumentException("the stride is " + stride + "; right is 1 or more");
        }
        if (measurements > window) {
            throw new IllegalArgumentException("the number of measurements is " + measurements
                    + "; right is at most the window, " + window);
        }
        return new AnalyticOptions(measurements, ones, seed, seeds, phases, levels, noise);
    }

    /** The same settings as words of the command line. */
    String commandLine() {
        return "--window " + window + " --measurements " + measurements + " --ones " + ones + " --seed " + seed
                + " --seeds " + seeds + " --phases " + phases + " --levels " + levels + " --noise " + noise
                + " --stride " + stride;
    }
}
