package org.reluctor.devicetests.peers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How long a contender took, µs a batch, in the rounds in which all contenders had their turn. */
final class Timings {
    private final List<double[]> rounds = new ArrayList<>();

    /** Adds the runs of one turn, at least one. */
    void addRound(double... micros) {
        if (micros.length == 0) {
            throw new IllegalArgumentException("a round without a run");
        }
        rounds.add(micros.clone());
    }

    int rounds() {
        return rounds.size();
    }

    /** Of all runs, µs. */
    double medianUs() {
        return quantile(rounds.stream().flatMapToDouble(Arrays::stream).toArray(), 0.5);
    }

    /**
     * A quantile of {@code other}'s time over this one's, each of the two the median of the same round: what the
     * machine did to both alike falls out.
     */
    double ratio(Timings other, double q) {
        double[] ratios = new double[Math.min(rounds.size(), other.rounds.size())];
        for (int round = 0; round < ratios.length; round++) {
            ratios[round] = quantile(other.rounds.get(round), 0.5) / quantile(rounds.get(round), 0.5);
        }
        return quantile(ratios, q);
    }

    /** The value below which a share q of the values lies, between two of them in proportion; NaN of none. */
    static double quantile(double[] values, double q) {
        if (values.length == 0) {
            return Double.NaN;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double place = q * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
