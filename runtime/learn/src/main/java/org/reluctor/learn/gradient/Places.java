package org.reluctor.learn.gradient;

import org.reluctor.network.Movement;

/**
 * Where elements come from: element i is the sum of those at places[starts[i]] to places[starts[i + 1] − 1], or, where
 * there are none, {@code fill}.
 *
 * @param starts one more than there are elements, ascending
 * @param places in the source
 * @param fill   of elements that come from nowhere
 */
public record Places(int[] starts, int[] places, double fill) {
    /** Each element from one place, or from {@link Movement#NOWHERE}. */
    static Places of(int[] sources, double fill) {
        int[] starts = new int[sources.length + 1];
        int count = 0;
        for (int at = 0; at < sources.length; at++) {
            count += sources[at] == Movement.NOWHERE ? 0 : 1;
            starts[at + 1] = count;
        }
        int[] places = new int[count];
        for (int at = 0; at < sources.length; at++) {
            if (sources[at] != Movement.NOWHERE) {
                places[starts[at]] = sources[at];
            }
        }
        return new Places(starts, places, fill);
    }

    /** The other way: for each of so many elements of the source, the sum of those that came from it. */
    Places transposed(int sourceElements) {
        int[] back = new int[sourceElements + 1];
        for (int place : places) {
            back[place + 1]++;
        }
        for (int at = 0; at < sourceElements; at++) {
            back[at + 1] += back[at];
        }
        int[] next = back.clone();
        int[] targets = new int[places.length];
        for (int element = 0; element + 1 < starts.length; element++) {
            for (int at = starts[element]; at < starts[element + 1]; at++) {
                targets[next[places[at]]++] = element;
            }
        }
        return new Places(back, targets, 0);
    }

    /** Elements that are made. */
    public int elements() {
        return starts.length - 1;
    }
}
