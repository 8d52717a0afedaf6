package org.reluctor.devicetests.soak;

import java.time.Duration;
import java.util.List;

/**
 * How long a soak takes and what happens in it when.
 *
 * @param length          of the whole, warm-up included
 * @param warmUp          at the start, which is not judged: code is compiled, pools fill
 * @param window          at both ends of the judged time, whose latencies are compared
 * @param round           from one fault to the next, and the stretch of time that gives one point of a series
 * @param outage          how long a fault lasts that lasts at all
 * @param sampling        from one look at the process to the next
 * @param framesPerSecond of all sensors together
 * @param faults          in turn, over and over
 */
record SoakPlan(Duration length, Duration warmUp, Duration window, Duration round, Duration outage,
        Duration sampling, int framesPerSecond, List<SoakFault> faults) {
    private static final Duration LONGEST_WARM_UP = Duration.ofMinutes(10);
    private static final Duration LONGEST_WINDOW = Duration.ofMinutes(10);

    /** A fault a minute; 10 minutes of warm-up and windows of 10 minutes where it is long enough for them. */
    static SoakPlan of(Duration length, int framesPerSecond) {
        Duration warmUp = shorter(LONGEST_WARM_UP, length.dividedBy(3));
        Duration window = shorter(LONGEST_WINDOW, length.minus(warmUp).dividedBy(2));
        return new SoakPlan(length, warmUp, window, Duration.ofMinutes(1), Duration.ofSeconds(20),
                Duration.ofSeconds(3), framesPerSecond, List.of(SoakFault.values()));
    }

    /** All faults, and a fault a minute, want that much. */
    static final Duration SHORTEST = Duration.ofMinutes(3);

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    /** Of the faults that follow each other without a pause. */
    Duration briefOutage() {
        return outage.dividedBy(10);
    }

    double warmUpSeconds() {
        return warmUp.toMillis() / 1e3;
    }

    double roundSeconds() {
        return round.toMillis() / 1e3;
    }

    /** How long all must be well before it counts as quiet: what a fault had opened or allocated is given back. */
    Duration settling() {
        return round.dividedBy(12);
    }
}
