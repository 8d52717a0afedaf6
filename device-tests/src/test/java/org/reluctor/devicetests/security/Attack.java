package org.reluctor.devicetests.security;

/**
 * One attack on a {@link Fortress}.
 *
 * @param target what is attacked: transport, frames, models, commands or page
 * @param name   as issue and security guide have it
 * @param action carries it out, and fails unless it is refused, counted and told
 */
record Attack(String target, String name, Action action) {
    /** Carries an attack out. */
    @FunctionalInterface
    interface Action {
        Evidence run(Fortress fortress) throws Exception;
    }

    /** A part of an attack. */
    @FunctionalInterface
    interface Step {
        void run(Fortress fortress) throws Exception;
    }

    /**
     * What shows that it was refused.
     *
     * @param by      who refused it
     * @param counter that grew, from what to what; or the status that the process ended with
     * @param line    of the log
     */
    record Evidence(String by, String counter, String line) {
    }

    @Override
    public String toString() {
        return target + ": " + name;
    }
}
