package org.reluctor.devicetests.faults.ledger;

import java.util.Arrays;

/**
 * In which order one sensor's frames came to the runtime, and its signals left it, as the wires have it: whoever sees
 * signals out of order learns from it whether the runtime sent them so, or a broker handed them on so.
 */
final class WireOrder {
    private static final int FIRST_SIZE = 1 << 12;
    /** Beyond any number of frames that can be under way. */
    private static final int REACH = 1 << 12;

    private final FrameFates fates;
    private int[] offeredIn = new int[FIRST_SIZE];
    private long[] offeredAs = new long[FIRST_SIZE];
    private int[] sentIn = new int[FIRST_SIZE];
    private boolean[] runtimes = new boolean[FIRST_SIZE];
    private long offers;

    WireOrder(FrameFates fates) {
        this.fates = fates;
    }

    /** A broker has handed the frame to the runtime on that connection, counted from 1. */
    void offered(int at, int connection) {
        reach(at);
        // A redelivery on the same connection changes nothing of what the runtime knew before.
        if (offeredIn[at] != connection) {
            offeredIn[at] = connection;
            offeredAs[at] = ++offers;
        }
    }

    /** The runtime has sent the signal to its broker on that connection. */
    void sent(int at, int connection) {
        reach(at);
        boolean first = sentIn[at] == 0;
        sentIn[at] = connection;
        for (int before = Math.max(0, at - REACH); first && before < at; before++) {
            runtimes[before] |= !isSettled(before, connection) && wasOfferedBefore(before, at);
        }
    }

    /** The broker did not take the signal: that it comes later is the runtime's to prevent. */
    void refused(int at) {
        reach(at);
        runtimes[at] = true;
    }

    /** Confirmed, on its way already on this connection, or of a frame that gives no signal. */
    private boolean isSettled(int at, int connection) {
        return sentIn[at] == connection || fates.confirmed[at] != 0 || fates.poison[at] != 0;
    }

    private boolean wasOfferedBefore(int one, int other) {
        return offeredIn[one] == offeredIn[other] && offeredIn[one] != 0 && offeredAs[one] < offeredAs[other];
    }

    /** Whether the signal, seen behind later ones, had left the runtime in its turn, as far as its frame allowed. */
    boolean isBrokers(int at) {
        reach(at);
        return sentIn[at] != 0 && !runtimes[at];
    }

    private void reach(int at) {
        if (at >= sentIn.length) {
            int size = Math.max(at + 1, 2 * sentIn.length);
            offeredIn = Arrays.copyOf(offeredIn, size);
            offeredAs = Arrays.copyOf(offeredAs, size);
            sentIn = Arrays.copyOf(sentIn, size);
            runtimes = Arrays.copyOf(runtimes, size);
        }
    }
}
