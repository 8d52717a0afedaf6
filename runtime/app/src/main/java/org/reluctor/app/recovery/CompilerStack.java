package org.reluctor.app.recovery;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.reluctor.opencl.pace.Pace;

/**
 * A stack for compilers. LLVM, which a CPU's OpenCL driver has inside it, calls itself as deep as a kernel's blocks lie
 * behind one another; a gateway's threads have small stacks, and the driver dies of one that ends.
 */
final class CompilerStack {
    /** Reserved; what is not used takes no memory. */
    private static final long BYTES = 16L << 20;

    private CompilerStack() {
    }

    /** Runs a task on a thread with much stack, and waits for its end, whatever interrupts; throws what it throws. */
    static void run(Runnable task) {
        FutureTask<Void> future = new FutureTask<>(task, null);
        Thread thread = new Thread(null, Pace.handOn(future), "reluctor-build", BYTES);
        thread.setDaemon(true);
        thread.start();
        boolean interrupted = false;
        while (!future.isDone()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        outcome(future);
    }

    private static void outcome(FutureTask<Void> done) {
        try {
            done.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) failed.getCause();
        } catch (InterruptedException told) {
            // Of a task that is done nothing waits; the flag was set above.
            Thread.currentThread().interrupt();
        }
    }
}
