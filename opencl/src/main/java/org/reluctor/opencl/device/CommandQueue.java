package org.reluctor.opencl.device;

import org.reluctor.opencl.binding.Handle;
import org.reluctor.opencl.binding.Queues;

/**
 * The in-order queue of a session: commands run one after the other, in the order in which they were enqueued. Owned
 * by one thread. Enqueueing allocates nothing.
 */
public final class CommandQueue {
    private final Handle handle;

    CommandQueue(Handle handle) {
        this.handle = handle;
    }

    /**
     * Copies to the device and waits for the copy; what was launched before may still be running. (A copy that is not
     * waited for would cost an event and its callback in JOCL for every frame.)
     */
    public void write(HostBuffer host, DeviceBuffer buffer, long lengthBytes) {
        Queues.write(handle, buffer.handle(), host.memory(), lengthBytes);
    }

    /** Copies to the host and waits for it and for all that was enqueued before. */
    public void read(DeviceBuffer buffer, HostBuffer host, long lengthBytes) {
        Queues.read(handle, buffer.handle(), host.memory(), lengthBytes);
    }

    /** Runs a kernel over {@code global} work-items in work-groups of {@code local}, or of the kernel's own size. */
    public void launch(Kernel kernel, long[] global, long[] local) {
        Queues.launch(handle, kernel.handle(), global, local, kernel.name());
    }

    /** Waits for everything enqueued. */
    public void finish() {
        Queues.finish(handle);
    }
}
