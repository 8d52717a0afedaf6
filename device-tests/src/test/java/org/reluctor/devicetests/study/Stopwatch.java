package org.reluctor.devicetests.study;

/** Both clocks of a run, without the times at which it stands still. Not safe between threads. */
public final class Stopwatch {
    private double processor;
    private double wall;

    /** Goes on. */
    public void start() {
        processor -= StudyClock.PROCESSOR.seconds();
        wall -= StudyClock.WALL.seconds();
    }

    /** Stands still. */
    public void stop() {
        processor += StudyClock.PROCESSOR.seconds();
        wall += StudyClock.WALL.seconds();
    }

    /** Processor time of all threads, once it stands still. */
    public double processorSeconds() {
        return processor;
    }

    /** Time on the wall, once it stands still. */
    public double wallSeconds() {
        return wall;
    }
}
