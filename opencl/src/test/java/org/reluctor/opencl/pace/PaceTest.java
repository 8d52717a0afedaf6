package org.reluctor.opencl.pace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long WORK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    @Test
    void rest_threadWithAPace_computesForAFifthOfTheTime() throws Exception {
        double share = onAThread(() -> {
            Pace.keep();
            return shareOfProcessor();
        });

        // A sleep may end late, never early; a processor that others use makes the share smaller.
        assertTrue(share < 0.35, () -> "computed for " + share + " of the time");
    }

    @Test
    void rest_threadWithoutAPace_doesNotRest() throws Exception {
        long begin = System.nanoTime();

        for (int i = 0; i < 1000; i++) {
            Pace.rest();
        }

        assertTrue(System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(1));
    }

    @Test
    void rest_longWork_isNotFollowedByARestAsLong() throws Exception {
        long rested = onAThread(() -> {
            Pace.keep();
            TimeUnit.MILLISECONDS.sleep(300);
            long begin = System.nanoTime();
            Pace.rest();
            return System.nanoTime() - begin;
        });

        assertTrue(rested >= Pace.LONGEST_NANOS, () -> rested + " ns");
        assertTrue(rested < TimeUnit.MILLISECONDS.toNanos(250), () -> rested + " ns");
    }

    @Test
    void rest_interruptedThread_goesOnAndStaysInterrupted() throws Exception {
        boolean interrupted = onAThread(() -> {
            Pace.keep();
            TimeUnit.MILLISECONDS.sleep(1);
            Thread.currentThread().interrupt();
            Pace.rest();
            return Thread.interrupted();
        });

        assertTrue(interrupted);
    }

    @Test
    void handOn_fromAThreadWithAPace_givesItToTheOther() throws Exception {
        double share = onAThread(() -> {
            Pace.keep();
            double[] found = {1};
            Thread other = new Thread(Pace.handOn(() -> found[0] = shareOfProcessor()));
            other.start();
            other.join();
            return found[0];
        });

        assertTrue(share < 0.35, () -> "computed for " + share + " of the time");
    }

    @Test
    void handOn_fromAThreadWithoutAPace_isTheTaskItself() {
        Runnable task = () -> assertEquals(1, 1);

        assertSame(task, Pace.handOn(task));
    }

    /** Of a thread that has work for 20 ms, and may rest at any time. */
    private static double shareOfProcessor() {
        long begin = System.nanoTime();
        long cpuBegin = cpuNanos();
        while (cpuNanos() - cpuBegin < WORK_NANOS) {
            Pace.rest();
        }
        return (cpuNanos() - cpuBegin) / (double) (System.nanoTime() - begin);
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static <T> T onAThread(Callable<T> work) throws Exception {
        FutureTask<T> task = new FutureTask<>(work);
        new Thread(task).start();
        return task.get(20, TimeUnit.SECONDS);
    }
}
