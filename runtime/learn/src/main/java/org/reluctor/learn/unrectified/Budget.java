package org.reluctor.learn.unrectified;

import java.util.function.LongSupplier;

/**
 * How long a training may last, and how much of that has passed. Steps make it repeatable to the byte; time does not.
 *
 * @param steps   iterations of the method at most; 0 for no limit
 * @param seconds of wall time at most; 0 for no limit
 */
public record Budget(long steps, double seconds) {
    public Budget {
        if (steps < 0 || !(seconds >= 0) || steps == 0 && seconds == 0) {
            throw new IllegalArgumentException("a budget of " + steps + " steps and " + seconds
                    + " s; one of them above 0 is needed");
        }
    }

    /** Limited by steps alone. */
    public static Budget ofSteps(long steps) {
        return new Budget(steps, 0);
    }

    /** Limited by time alone. */
    public static Budget ofSeconds(double seconds) {
        return new Budget(0, seconds);
    }

    /** Starts the clock. */
    Running start() {
        return new Running(this, System::nanoTime);
    }

    /** A budget that is being used up. Not safe between threads. */
    static final class Running {
        private final Budget budget;
        private final LongSupplier nanoClock;
        private final long started;
        private long steps;

        Running(Budget budget, LongSupplier nanoClock) {
            this.budget = budget;
            this.nanoClock = nanoClock;
            started = nanoClock.getAsLong();
        }

        /** Counts a step. */
        void step() {
            steps++;
        }

        long steps() {
            return steps;
        }

        double seconds() {
            return (nanoClock.getAsLong() - started) / 1e9;
        }

        /** What has passed, 0 to 1, of whichever limit is nearer. */
        double share() {
            double bySteps = budget.steps == 0 ? 0 : (double) steps / budget.steps;
            double byTime = budget.seconds == 0 ? 0 : seconds() / budget.seconds;
            return Math.min(1, Math.max(bySteps, byTime));
        }
    }
}
