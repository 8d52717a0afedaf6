package org.reluctor.devicetests.study;

/** Both clocks of a run, without the times at which it stands still. Not safe between threads. */
public final class Stopwatch {
    private double processor;
    private double wall;

    /** A watch that goes; what earlier runs left is collected first, or its collection would count for this one. */
    public static Stopwatch started() {
        System.gc();
        Stopwatch watch = new Stopwatch();
        watch.start();
        return watch;
    }

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
