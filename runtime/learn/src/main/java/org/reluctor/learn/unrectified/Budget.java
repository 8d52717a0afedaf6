package org.reluctor.learn.unrectified;

import java.util.function.LongSupplier;

/**
 * How long a training may last, and how much of that has passed. Steps make it repeatable to the byte; time does not.
 *
 * @param steps     iterations of the method at most; 0 for no limit
 * @param seconds   at most; 0 for no limit
 * @param nanoClock what the seconds are read from: wall time, or processor time where the machine has other work
 */
public record Budget(long steps, double seconds, LongSupplier nanoClock) {
    public Budget {
        if (steps < 0 || !(seconds >= 0) || steps == 0 && seconds == 0) {
            throw new IllegalArgumentException("a budget of " + steps + " steps and " + seconds
                    + " s; one of them above 0 is needed");
        }
    }

    /** In wall time. */
    public Budget(long steps, double seconds) {
        this(steps, seconds, System::nanoTime);
    }

    /** Limited by steps alone. */
    public static Budget ofSteps(long steps) {
        return new Budget(steps, 0);
    }

    /** Limited by time alone. */
    public static Budget ofSeconds(double seconds) {
        return new Budget(0, seconds);
    }

    /** A share of both limits, and at least one step where steps are limited. */
    Budget part(double share) {
        long some = steps == 0 ? 0 : Math.max(1, Math.round(steps * share));
        return new Budget(some, seconds * share, nanoClock);
    }

    /** With so many seconds gone, if time is limited; at least one nanosecond is left. */
    Budget less(double gone) {
        return seconds == 0 ? this : new Budget(steps, Math.max(1e-9, seconds - gone), nanoClock);
    }

    /** Starts the clock. */
    Running start() {
        return new Running(this);
    }

    /** A budget that is being used up. Not safe between threads. */
    static final class Running {
        private final Budget budget;
        private long started;
        private long steps;
        private double reserved;

        Running(Budget budget) {
            this.budget = budget;
            started = budget.nanoClock.getAsLong();
        }

        /** Counts a step. */
        void step() {
            steps++;
        }

        /** Keeps seconds for what comes after the steps; half of the budget at most. */
        void reserve(double seconds) {
            reserved = Math.min(seconds, budget.seconds / 2);
        }

        /** Goes on from where an earlier run stood. */
        void resume(long stepsDone, double secondsPassed) {
            steps = stepsDone;
            started -= Math.round(1e9 * secondsPassed);
        }

        long steps() {
            return steps;
        }

        double seconds() {
            return (budget.nanoClock.getAsLong() - started) / 1e9;
        }

        /** Whether another step of that many seconds stays within the limits. */
        boolean leaves(double step) {
            return share() < 1 && (budget.seconds == 0 || seconds() + step <= budget.seconds);
        }

        /** What has passed, 0 to 1, of whichever limit is nearer. */
        double share() {
            double bySteps = budget.steps == 0 ? 0 : (double) steps / budget.steps;
            double byTime = budget.seconds == 0 ? 0 : seconds() / (budget.seconds - reserved);
            return Math.min(1, Math.max(bySteps, byTime));
        }
    }
}
