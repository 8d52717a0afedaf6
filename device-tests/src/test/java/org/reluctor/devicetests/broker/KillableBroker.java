package org.reluctor.devicetests.broker;

import java.io.IOException;

/** A broker in a process of its own, whose port and folder outlive the process. */
public interface KillableBroker extends AutoCloseable {
    /** On the loopback interface; the same after every start. */
    int port();

    /** Starts the broker where it does not run, and waits until it takes connections. */
    void restart() throws IOException;

    /** Whether it keeps its state in memory and writes it out at {@link #save}; false where it writes all at once. */
    boolean savesOnCommand();

    /** Makes the broker write its state to disk, and waits until it has. */
    void save() throws IOException, InterruptedException;

    /** Ends the broker as an administrator does; it saves its state first. */
    void stop() throws InterruptedException;

    /** Ends the process at once, by SIGKILL. */
    void kill() throws InterruptedException;

    /** Removes what an ended broker has saved: sessions, queues and retained messages. */
    void forget() throws IOException;

    @Override
    void close();
}
