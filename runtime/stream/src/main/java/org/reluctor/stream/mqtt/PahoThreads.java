package org.reluctor.stream.mqtt;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Threads of the library's client, each a new one, as it makes them itself. But at every connection it starts three,
 * one after another, and looks for each whether it runs: at once, when it never does yet, and then every 100 ms. So a
 * connection would take 300 ms in which nobody does anything. Here who looks is woken as soon as the thread that it
 * waits for is at work; to be woken makes the library look once more, and nothing else.
 */
final class PahoThreads extends AbstractExecutorService implements ScheduledExecutorService {
    private static final long LOOK_NANOS = 200_000;
    /** Little less than the library sleeps: behind that, waking would come too late to be of use. */
    private static final long MOST_NANOS = 90_000_000;

    @Override
    public void execute(Runnable task) {
        new Thread(task).start();
    }

    /** Called where the library starts one of the three; it takes no future for a thread that nobody cancels. */
    @Override
    public Future<?> submit(Runnable task) {
        Thread waiting = Thread.currentThread();
        Thread started = new Thread(task);
        started.start();
        Thread waker = new Thread(() -> wake(waiting, started), "reluctor-mqtt-waker");
        waker.setDaemon(true);
        waker.start();
        return null;
    }

    private static void wake(Thread waiting, Thread started) {
        long end = System.nanoTime() + MOST_NANOS;
        while (System.nanoTime() - end < 0) {
            boolean sleeps = waiting.getState() == Thread.State.TIMED_WAITING;
            if (!waiting.isAlive()) {
                return;
            }
            // A thread that waits for the lock under which it was started is not at work yet.
            if (sleeps && started.getState() != Thread.State.BLOCKED) {
                waiting.interrupt();
                return;
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        throw unused();
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
        throw unused();
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, long delay, long period, TimeUnit unit) {
        throw unused();
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long delay, long pause, TimeUnit unit) {
        throw unused();
    }

    private static UnsupportedOperationException unused() {
        return new UnsupportedOperationException("keeping alive has its own timer, and nothing is connected again");
    }

    /** Threads end by themselves. */
    @Override
    public void shutdown() {
        // Nothing is held.
    }

    @Override
    public List<Runnable> shutdownNow() {
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return false;
    }

    @Override
    public boolean isTerminated() {
        return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return true;
    }
}
