package org.reluctor.opencl.sequence;

/** Calls that run on a device in order, again and again for batches of any size. Enqueueing allocates nothing. */
public interface LaunchSequence extends AutoCloseable {
    /** Enqueues the work for so many frames. */
    void enqueue(int frames);

    /**
     * To be called after {@link #enqueue} and before results are read: makes sure that what was enqueued last will be
     * complete. May wait for the device.
     */
    default void settle() {
        // What needs no work-item to wait for another is always complete.
    }

    /** Batches so far in which work-items waited in vain for each other, and which were computed another way. */
    default long givenUp() {
        return 0;
    }

    /**
     * Enqueues everything that {@link #enqueue} may ever enqueue for so many frames, also what it does only in need:
     * for drivers that finish a kernel at its first launch in a shape.
     */
    default void rehearse(int frames) {
        enqueue(frames);
    }

    /** In words, how many launches compute so many frames, and where they run. */
    String describe(int frames);

    /** Gives the kernels back. */
    @Override
    void close();
}
