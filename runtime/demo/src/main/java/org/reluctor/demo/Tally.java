package org.reluctor.demo;

import java.util.Arrays;
import java.util.BitSet;
import org.HdrHistogram.Histogram;

/**
 * The books of the demonstration: what was sent, what came back, how long it took and how good it is. Safe for any
 * thread; every method is short.
 */
final class Tally {
    private static final long HIGHEST_US = 60_000_000;

    private final BitSet seen = new BitSet();
    private final Histogram latencyUs = new Histogram(1, HIGHEST_US, 3);
    private long[] sentAtNs = new long[4096];
    private long sent;
    private long received;
    private long highest = -1;
    private long duplicated;
    private long rejected;
    private long compared;
    private double signalEnergy;
    private double errorEnergy;
    private double linearErrorEnergy;
    private boolean ended;

    /** A frame is about to be published; frames are numbered from 0 without gaps. */
    synchronized void sent(int seq, long nowNs) {
        if (seq == sentAtNs.length) {
            sentAtNs = Arrays.copyOf(sentAtNs, 2 * seq);
        }
        sentAtNs[seq] = nowNs;
        sent = seq + 1L;
    }

    /**
     * A signal came.
     *
     * @return its latency in microseconds; −1 if it had come before or answers no frame
     */
    synchronized long received(int seq, long nowNs) {
        if (seq >= sent || seen.get(seq)) {
            duplicated++;
            return -1;
        }
        seen.set(seq);
        received++;
        highest = Math.max(highest, seq);
        long us = Math.max(1, (nowNs - sentAtNs[seq]) / 1000);
        latencyUs.recordValue(Math.min(us, HIGHEST_US));
        return us;
    }

    /** A signal was compared with the truth; energies are sums of squares in one and the same unit. */
    synchronized void compared(double signal, double error, double linearError) {
        compared++;
        signalEnergy += signal;
        errorEnergy += error;
        linearErrorEnergy += linearError;
    }

    /** The gateway refused a frame. */
    synchronized void rejected() {
        rejected++;
    }

    /** Nothing more is expected: from now on what has not come is lost. */
    synchronized void end() {
        ended = true;
    }

    synchronized Figures figures() {
        long lost = ended ? sent - received : highest + 1 - received;
        boolean any = latencyUs.getTotalCount() > 0;
        return new Figures(sent, received, lost, duplicated, rejected, compared, prd(errorEnergy),
                prd(linearErrorEnergy), any ? latencyUs.getValueAtPercentile(50) : 0,
                any ? latencyUs.getValueAtPercentile(99) : 0);
    }

    private double prd(double error) {
        return 100 * Math.sqrt(error / signalEnergy);
    }

    /** Signals whose latency lies in each class; class i ends before {@code edgesUs[i]}, the last takes the rest. */
    synchronized long[] latencyCounts(long[] edgesUs) {
        long[] counts = new long[edgesUs.length + 1];
        long below = 0;
        for (int i = 0; i < edgesUs.length; i++) {
            long count = latencyUs.getCountBetweenValues(0, edgesUs[i] - 1);
            counts[i] = count - below;
            below = count;
        }
        counts[edgesUs.length] = latencyUs.getTotalCount() - below;
        return counts;
    }
}
