package org.reluctor.opencl.device;

import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import org.reluctor.opencl.binding.Handle;
import org.reluctor.opencl.binding.Queues;

/**
 * A buffer that kernels work on, float32 or int32 elements: in the device's own memory, or in memory that it shares
 * with the host, where a copy costs no command. Close it before its session.
 */
public final class DeviceBuffer implements AutoCloseable {
    private final Handle context;
    private final Handle handle;
    private final long lengthBytes;
    private final ByteBuffer view;
    private boolean closed;

    private DeviceBuffer(Handle context, Handle handle, long lengthBytes, ByteBuffer view) {
        this.context = context;
        this.handle = handle;
        this.lengthBytes = lengthBytes;
        this.view = view;
    }

    /** In the device's own memory. */
    static DeviceBuffer own(Handle context, long lengthBytes) {
        return new DeviceBuffer(context, Queues.buffer(context, lengthBytes), lengthBytes, null);
    }

    /** In memory that the host shares, of at most 2^31 - 1 bytes. */
    static DeviceBuffer shared(Handle context, long lengthBytes) {
        Handle memory = Queues.sharedMemory(context, lengthBytes);
        try {
            return new DeviceBuffer(context, memory, lengthBytes, Queues.view(memory, lengthBytes));
        } catch (RuntimeException | Error e) {
            Queues.releaseSharedMemory(context, memory, lengthBytes);
            throw e;
        }
    }

    Handle handle() {
        return handle;
    }

    public long lengthBytes() {
        return lengthBytes;
    }

    /** Whether the host and the device share this memory. */
    public boolean isShared() {
        return view != null;
    }

    /**
     * Shared memory as int32 elements, as kernels see them even while they run. Not to be touched once this is closed.
     *
     * @throws IllegalStateException if the memory is the device's own, or closed
     */
    public IntBuffer integers() {
        return view().asIntBuffer();
    }

    /** Shared memory as bytes; closed memory must not be touched, the process would die of it. */
    ByteBuffer view() {
        if (closed || view == null) {
            throw new IllegalStateException(closed ? "a buffer was used after it was closed"
                    : "this buffer is the device's own");
        }
        return view;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (isShared()) {
            Queues.releaseSharedMemory(context, handle, lengthBytes);
        } else {
            Queues.releaseBuffer(handle, lengthBytes);
        }
    }
}
