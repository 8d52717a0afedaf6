package org.reluctor.devicetests.broker;

import java.io.IOException;

/** A broker in a process of its own, whose port and folder outlive the process. */
public interface KillableBroker extends AutoCloseable {
    /** On the loopback interface; the same after every start. */
    int port();

    /** Starts the broker where it does not run, and waits until it takes connections. */
    void restart() throws IOException;

    /**
     * Makes a broker that keeps its state in memory write it to disk, and waits until it has. One that writes as it
     * goes does nothing.
     */
    void save() throws IOException, InterruptedException;

    /** Whether {@link #save} is what keeps its state; false where it writes as it goes. */
    boolean savesOnCommand();

    /** How old what it confirmed may be and still be unwritten, ms, where it writes as it goes. */
    long unwrittenMillis();

    /** Ends the broker as an administrator does; it saves its state first. */
    void stop() throws InterruptedException;

    /** Ends the process at once, by SIGKILL. */
    void kill() throws InterruptedException;

    /** Removes what an ended broker has saved: sessions, queues and retained messages. */
    void forget() throws IOException;

    @Override
    void close();
}
