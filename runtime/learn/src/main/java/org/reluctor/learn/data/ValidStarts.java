package org.reluctor.learn.data;

import java.util.Arrays;

/** Where windows of one length can begin in a channel without touching a sample that was not valid. */
final class ValidStarts {
    /** Of every stretch of valid starts: the first, and how many starts there are up to its end. */
    private int[] firsts = new int[4];
    private int[] ends = new int[4];
    private int stretches;

    ValidStarts(Channel channel, int length) {
        int runStart = 0;
        int samples = channel.samples().length;
        for (int at = 0; at <= samples; at++) {
            if (at == samples || !channel.isValid(at)) {
                add(runStart, at - runStart - length + 1);
                runStart = at + 1;
            }
        }
    }

    private void add(int first, int count) {
        if (count <= 0) {
            return;
        }
        if (stretches == firsts.length) {
            firsts = Arrays.copyOf(firsts, 2 * stretches);
            ends = Arrays.copyOf(ends, 2 * stretches);
        }
        firsts[stretches] = first;
        ends[stretches] = count() + count;
        stretches++;
    }

    /** How many there are. */
    int count() {
        return stretches == 0 ? 0 : ends[stretches - 1];
    }

    /** One of them, counted from 0. */
    int at(int index) {
        int found = Arrays.binarySearch(ends, 0, stretches, index + 1);
        int stretch = found >= 0 ? found : -found - 1;
        return firsts[stretch] + index - (stretch == 0 ? 0 : ends[stretch - 1]);
    }
}
