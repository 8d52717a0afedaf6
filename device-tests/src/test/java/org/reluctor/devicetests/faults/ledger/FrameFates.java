package org.reluctor.devicetests.faults.ledger;

import java.util.Arrays;

/** What became of each frame of one sensor, by its seq; times are of {@link System#nanoTime}, 0 where it never was. */
final class FrameFates {
    private static final int FIRST_SIZE = 1 << 12;

    long[] taken = new long[FIRST_SIZE];
    long[] released = new long[FIRST_SIZE];
    long[] confirmed = new long[FIRST_SIZE];
    long[] received = new long[FIRST_SIZE];
    int[] contents = new int[FIRST_SIZE];
    byte[] poison = new byte[FIRST_SIZE];
    final WireOrder order = new WireOrder(this);
    /** Frames that a fate is known of, from 0 on. */
    int known;
    int newestTaken = -1;
    int newestReceived = -1;

    int place(long seq) {
        int at = Math.toIntExact(seq);
        if (at >= taken.length) {
            int size = Math.max(at + 1, 2 * taken.length);
            taken = Arrays.copyOf(taken, size);
            released = Arrays.copyOf(released, size);
            confirmed = Arrays.copyOf(confirmed, size);
            received = Arrays.copyOf(received, size);
            contents = Arrays.copyOf(contents, size);
            poison = Arrays.copyOf(poison, size);
        }
        known = Math.max(known, at + 1);
        return at;
    }
}
