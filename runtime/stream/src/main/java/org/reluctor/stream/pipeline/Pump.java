package org.reluctor.stream.pipeline;

/** A duty cycle: called again and again by its own thread, does what there is to do, and never waits inside. */
public interface Pump {
    /** One round; returns how much was done, 0 where there was nothing. */
    int doWork(long nowNanos);

    /** How long its thread may sleep after a round without work; a ring of its doorbell ends the sleep. */
    long idleNanos(long nowNanos);
}
