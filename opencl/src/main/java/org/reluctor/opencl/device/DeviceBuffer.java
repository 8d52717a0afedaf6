package org.reluctor.opencl.device;

import org.reluctor.opencl.binding.Handle;
import org.reluctor.opencl.binding.Queues;

/** A buffer in the device's memory, float32 or int32 elements. Close it before its session. */
public final class DeviceBuffer implements AutoCloseable {
    private final Handle handle;
    private final long lengthBytes;
    private boolean closed;

    DeviceBuffer(Handle context, long lengthBytes) {
        this.handle = Queues.buffer(context, lengthBytes);
        this.lengthBytes = lengthBytes;
    }

    Handle handle() {
        return handle;
    }

    public long lengthBytes() {
        return lengthBytes;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            Queues.releaseBuffer(handle, lengthBytes);
        }
    }
}
