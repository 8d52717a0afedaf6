package org.reluctor.devicetests.peers;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Measures contenders in one process in turn, A B C A B C …, so that a busy neighbour, a hot processor or a cold page
 * meets all alike. Rounds in which other programs took much of the processors count only where there are too few calm
 * ones. A turn is a series of runs back to back. Before it, threads that the one before left spinning are waited
 * for; its first runs, while threads wake and caches fill, are not counted where there are enough of others.
 */
final class Interleaving {
    private static final int ROUNDS = 12;
    private static final int LEAST_ROUNDS = 3;
    private static final int LEAST_WARM_UP = 5;
    private static final double CALM = 0.15;
    private static final int MOST_RUNS = 20_000;
    private static final long LOOK_MS = 5;
    private static final int MOST_LOOKS = 40;

    /**
     * What was measured.
     *
     * @param timings for each contender, in their order
     * @param others  processors that other programs kept busy in the rounds that count
     */
    record Outcome(List<Timings> timings, double others) {
    }

    /** A turn of each contender, and what others did meanwhile. */
    private record Round(double[][] micros, double others) {
    }

    private final List<? extends Contender> contenders;
    private final long budgetNs;
    private final int[] runs;

    private Interleaving(List<? extends Contender> contenders, double seconds) {
        this.contenders = contenders;
        this.budgetNs = (long) (seconds * 1e9);
        this.runs = new int[contenders.size()];
    }

    /** Measures for about so long, and up to twice that until three calm rounds are there. */
    static Outcome measure(List<? extends Contender> contenders, double seconds) throws Exception {
        return new Interleaving(contenders, seconds).measure();
    }

    private Outcome measure() throws Exception {
        for (int i = 0; i < runs.length; i++) {
            warmUp(i);
        }
        List<Round> rounds = new ArrayList<>();
        Neighbours neighbours = new Neighbours();
        long begin = System.nanoTime();
        while (wanted(rounds, System.nanoTime() - begin)) {
            double[][] micros = new double[runs.length][];
            for (int i = 0; i < runs.length; i++) {
                awaitQuiet();
                micros[i] = turn(contenders.get(i), runs[i]);
            }
            rounds.add(new Round(micros, neighbours.processors()));
        }
        return outcome(rounds);
    }

    private boolean wanted(List<Round> rounds, long elapsedNs) {
        long calm = rounds.stream().filter(round -> round.others() <= CALM).count();
        return rounds.isEmpty() || calm < ROUNDS && elapsedNs < (calm < LEAST_ROUNDS ? 2 * budgetNs : budgetNs);
    }

    /** Of the calm rounds, or of the calmest where there are few. */
    private Outcome outcome(List<Round> rounds) {
        List<Round> counted = rounds.stream().sorted(Comparator.comparingDouble(Round::others)).toList();
        long calm = counted.stream().filter(round -> round.others() <= CALM).count();
        counted = counted.subList(0, (int) Math.min(counted.size(), Math.max(calm, LEAST_ROUNDS)));
        List<Timings> timings = new ArrayList<>();
        for (int i = 0; i < runs.length; i++) {
            Timings of = new Timings();
            for (Round round : counted) {
                of.addRound(round.micros()[i]);
            }
            timings.add(of);
        }
        return new Outcome(timings, counted.stream().mapToDouble(Round::others).average().orElse(0));
    }

    /** Runs one for a while, and decides how many runs make a turn. */
    private void warmUp(int index) throws Exception {
        long share = budgetNs / (ROUNDS * runs.length);
        long begin = System.nanoTime();
        long last = begin;
        long fastest = Long.MAX_VALUE;
        for (int run = 0; run < LEAST_WARM_UP && last - begin < budgetNs || last - begin < share; run++) {
            contenders.get(index).run();
            long now = System.nanoTime();
            fastest = Math.min(fastest, now - last);
            last = now;
        }
        runs[index] = (int) Math.max(1, Math.min(MOST_RUNS, share / fastest));
    }

    private static double[] turn(Contender contender, int runs) throws Exception {
        double[] micros = new double[runs];
        for (int i = 0; i < runs; i++) {
            long begin = System.nanoTime();
            contender.run();
            micros[i] = (System.nanoTime() - begin) / 1e3;
        }
        return Arrays.copyOfRange(micros, Math.min(runs / 4, 3), runs);
    }

    /** Waits until this process leaves the processors alone: thread pools spin for tens of milliseconds. */
    private static void awaitQuiet() throws InterruptedException {
        var system = ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
        boolean quiet = false;
        for (int look = 0; look < MOST_LOOKS && !quiet; look++) {
            long cpu = system.getProcessCpuTime();
            long begin = System.nanoTime();
            Thread.sleep(LOOK_MS);
            quiet = system.getProcessCpuTime() - cpu < (System.nanoTime() - begin) / 5;
        }
    }
}
