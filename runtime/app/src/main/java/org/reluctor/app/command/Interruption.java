package org.reluctor.app.command;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.reluctor.app.ExitStatus;

/**
 * Lets Ctrl-C and SIGTERM end a command's loop rather than the process, so that its figures still come. Closed by the
 * command when nothing is left to do.
 */
public final class Interruption implements AutoCloseable {
    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook;
    private volatile boolean told;
    private volatile int status = ExitStatus.INTERNAL;

    /** @param mostSeconds how long the command may take to finish once it is told to end */
    public Interruption(int mostSeconds) {
        hook = new Thread(() -> end(mostSeconds), "reluctor-end");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Whether the command is to end. */
    public boolean told() {
        return told;
    }

    /** What the process ends with; gives it back. */
    public int endWith(int exitStatus) {
        status = exitStatus;
        return exitStatus;
    }

    /** The JVM would end with 128 + the signal's number; a command that ended as it was told to ends with its own. */
    private void end(int mostSeconds) {
        told = true;
        try {
            finished.await(mostSeconds, TimeUnit.SECONDS);
        } catch (InterruptedException exception) {
            status = ExitStatus.INTERNAL;
        }
        Runtime.getRuntime().halt(status);
    }

    @Override
    public void close() {
        finished.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException exception) {
            // The process is ending on a signal: the hook itself waits for us.
            told = true;
        }
    }
}
