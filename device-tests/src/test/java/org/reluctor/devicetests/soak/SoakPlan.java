package org.reluctor.devicetests.soak;

import java.time.Duration;

/**
 * How long a soak takes and what happens in it when.
 *
 * @param length          of the whole, warm-up included
 * @param warmUp          at the start, which is not judged: code is compiled, pools fill
 * @param window          at both ends of the judged time, whose latencies are compared
 * @param round           from one fault to the next, and the stretch of time that gives one point of a series
 * @param sampling        from one look at the process to the next
 * @param framesPerSecond of all sensors together
 */
record SoakPlan(Duration length, Duration warmUp, Duration window, Duration round, Duration sampling,
        int framesPerSecond) {
    private static final Duration LONGEST_WARM_UP = Duration.ofMinutes(10);
    private static final Duration LONGEST_WINDOW = Duration.ofMinutes(10);

    /** A fault a minute; 10 minutes of warm-up and windows of 10 minutes where it is long enough for them. */
    static SoakPlan of(Duration length, int framesPerSecond) {
        Duration warmUp = shorter(LONGEST_WARM_UP, length.dividedBy(3));
        Duration window = shorter(LONGEST_WINDOW, length.minus(warmUp).dividedBy(2));
        return new SoakPlan(length, warmUp, window, Duration.ofMinutes(1), Duration.ofSeconds(3), framesPerSecond);
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    double warmUpSeconds() {
        return warmUp.toMillis() / 1e3;
    }

    double roundSeconds() {
        return round.toMillis() / 1e3;
    }
}
