package org.reluctor.opencl.binding;

import java.util.concurrent.atomic.AtomicLong;

/**
 * OpenCL objects that this process has made and not yet given back, and the bytes of its buffers: what must not grow
 * while frames are computed. Safe for several threads.
 */
public final class LiveObjects {
    private static final AtomicLong COUNT = new AtomicLong();
    private static final AtomicLong BUFFER_BYTES = new AtomicLong();

    private LiveObjects() {
    }

    /** Contexts, queues, programs, kernels and buffers. */
    public static long count() {
        return COUNT.get();
    }

    /** Device memory in buffers. */
    public static long bufferBytes() {
        return BUFFER_BYTES.get();
    }

    static Handle made(Handle handle) {
        COUNT.incrementAndGet();
        return handle;
    }

    static Handle madeBuffer(Handle handle, long lengthBytes) {
        BUFFER_BYTES.addAndGet(lengthBytes);
        return made(handle);
    }

    static void released() {
        COUNT.decrementAndGet();
    }

    static void releasedBuffer(long lengthBytes) {
        BUFFER_BYTES.addAndGet(-lengthBytes);
        released();
    }
}
