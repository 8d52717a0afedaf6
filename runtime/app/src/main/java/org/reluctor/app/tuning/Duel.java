package org.reluctor.app.tuning;

import java.util.Arrays;
import org.reluctor.engine.Engine;

/**
 * Two engines of one workload, timed in turns, so that what the machine does meanwhile meets both. A turn is a series
 * of runs of which the first, while caches fill, do not count; a round is a turn of each; the order changes from round
 * to round. Ends early where the rounds agree.
 */
final class Duel {
    private static final int ROUNDS = 9;
    private static final int LEAST_ROUNDS = 3;
    private static final long TURN_NS = 15_000_000;
    private static final int MOST_RUNS = 2000;
    /** So much slower in every round, one has lost. */
    private static final double HOPELESS = 1.25;
    /** So close in every round, it makes no difference. */
    private static final double EQUAL = 1.02;
    /** Further from the other's signals than any order of summation explains: the device computes something else. */
    private static final double MOST_DIFFERENCE = 1e-3;

    /**
     * What came of it.
     *
     * @param incumbentUs  median over rounds, of a batch
     * @param challengerUs the same
     * @param ratio        median over rounds of the challenger's time over the incumbent's
     */
    record Outcome(double incumbentUs, double challengerUs, double ratio) {
    }

    private final Workload workload;
    private final Engine incumbent;
    private final Engine challenger;
    private final float[] expected;
    private final float[] computed;

    Duel(Workload workload, Engine incumbent, Engine challenger) {
        this.workload = workload;
        this.incumbent = incumbent;
        this.challenger = challenger;
        this.expected = new float[workload.signalElements()];
        this.computed = new float[workload.signalElements()];
    }

    /**
     * Times both.
     *
     * @param patient whether all rounds are wanted, however clear the matter is
     * @throws IllegalStateException if the challenger computes something else
     */
    Outcome fight(boolean patient) {
        double ofIncumbent = run(incumbent, expected);
        double ofChallenger = run(challenger, computed);
        requireEqual();
        double[] old = new double[ROUNDS];
        double[] young = new double[ROUNDS];
        double[] ratios = new double[ROUNDS];
        // A turn is as long for both, so the slower has fewer runs in it.
        int round = 0;
        while (round < ROUNDS && (patient || !decided(Arrays.copyOf(ratios, round)))) {
            if (round % 2 == 0) {
                old[round] = turn(incumbent, expected, ofIncumbent);
            }
            young[round] = turn(challenger, computed, ofChallenger);
            if (round % 2 == 1) {
                old[round] = turn(incumbent, expected, ofIncumbent);
            }
            ratios[round] = young[round] / old[round];
            round++;
        }
        return new Outcome(median(Arrays.copyOf(old, round)), median(Arrays.copyOf(young, round)),
                median(Arrays.copyOf(ratios, round)));
    }

    private static boolean decided(double... ratios) {
        return ratios.length >= LEAST_ROUNDS && (Arrays.stream(ratios).allMatch(ratio -> ratio > HOPELESS)
                || Arrays.stream(ratios).allMatch(ratio -> ratio < EQUAL && ratio > 1 / EQUAL));
    }

    /** Runs an engine until its drivers and caches are warm. @return the last run's time, ns */
    private double run(Engine engine, float[] x) {
        long nanos = 0;
        for (int i = 0; i < 3; i++) {
            long begin = System.nanoTime();
            engine.run(workload.y(), workload.batch(), x);
            nanos = System.nanoTime() - begin;
        }
        return nanos;
    }

    private double turn(Engine engine, float[] x, double runNs) {
        int runs = (int) Math.max(1, Math.min(MOST_RUNS, TURN_NS / runNs));
        int uncounted = Math.min(runs / 4, 3);
        double[] micros = new double[runs - uncounted];
        for (int i = -uncounted; i < micros.length; i++) {
            long begin = System.nanoTime();
            engine.run(workload.y(), workload.batch(), x);
            micros[Math.max(0, i)] = (System.nanoTime() - begin) / 1e3;
        }
        return median(micros);
    }

    private void requireEqual() {
        double difference = 0;
        double energy = 0;
        for (int i = 0; i < expected.length; i++) {
            difference += Math.pow((double) computed[i] - expected[i], 2);
            energy += (double) expected[i] * expected[i];
        }
        double relative = Math.sqrt(difference / energy);
        if (!(relative <= MOST_DIFFERENCE)) {
            throw new IllegalStateException(String.format("its signals differ by %.1e", relative));
        }
    }

    private static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
