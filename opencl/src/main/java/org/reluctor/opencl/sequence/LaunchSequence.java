package org.reluctor.opencl.sequence;

/** Calls that run on a device in order, again and again for batches of any size. Enqueueing allocates nothing. */
public interface LaunchSequence extends AutoCloseable {
    /** Enqueues the work for so many frames. */
    void enqueue(int frames);

    /** Launches of one batch. */
    int launches();

    /** Gives the kernels back. */
    @Override
    void close();
}
