package org.reluctor.devicetests;

import java.time.Duration;

/**
 * How many times slower the tests' machine is than one of its architecture, from the system property
 * {@code reluctor.slowness}; 1 where it is not set. An emulator's is 10: tests wait longer there, and take fewer random
 * cases.
 */
public final class Slowness {
    private static final int FACTOR = Math.max(1, Integer.getInteger("reluctor.slowness", 1));
    private static final int LEAST_CASES = 3;

    private Slowness() {
    }

    /** How long to wait for what takes at most that long elsewhere. */
    public static Duration patience(Duration elsewhere) {
        return elsewhere.multipliedBy(FACTOR);
    }

    /** How many of so many cases to take: always the same, and always some. */
    public static int cases(int elsewhere) {
        return Math.min(elsewhere, Math.max(LEAST_CASES, elsewhere / FACTOR));
    }
}
