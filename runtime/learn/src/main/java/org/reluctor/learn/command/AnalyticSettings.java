package org.reluctor.learn.command;

import picocli.CommandLine.Option;

/** The options of {@code train --method analytic} alone. */
final class AnalyticSettings {
    @Option(names = "--seeds", paramLabel = "COUNT",
            description = "Seeds tried for the matrix, ascending; the best linear recovery wins (default 100).")
    private int seeds = 100;

    @Option(names = "--stride", paramLabel = "K", description = "Train on every K-th window (default 4).")
    private int stride = 4;

    int seeds() {
        return seeds;
    }

    /** As an option of one or more. */
    int stride() {
        if (stride < 1) {
            throw new IllegalArgumentException("the stride is " + stride + "; right is 1 or more");
        }
        return stride;
    }
}
