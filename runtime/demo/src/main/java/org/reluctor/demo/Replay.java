package org.reluctor.demo;

/**
 * Which window of the recording every frame shows. The recording is gone through again and again in adjoining
 * windows; every pass begins a little further in, so that no two of the first n passes show the same window (for an n
 * that has no factor in common with {@link #SHIFT}) and no window spans the seam between end and beginning.
 *
 * @param length samples of the recording, at least 2n − 1
 * @param n      samples of a window
 */
record Replay(int length, int n) {
    private static final int SHIFT = 97;

    Replay {
        if (length < 2 * n - 1) {
            throw new IllegalArgumentException("a recording of " + length + " samples is too short for windows of "
                    + n + "; it needs " + (2 * n - 1));
        }
    }

    /** Windows of a pass, whatever sample it begins with. */
    int windowsPerPass() {
        return (length - n + 1) / n;
    }

    /** First sample of the window that frame {@code seq} shows. */
    int offset(long seq) {
        long pass = seq / windowsPerPass();
        int window = (int) (seq % windowsPerPass());
        int shift = (int) (pass % n * SHIFT % n);
        return shift + window * n;
    }
}
