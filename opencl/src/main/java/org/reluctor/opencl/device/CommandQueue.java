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
     * Copies the start of {@code host} to the device and waits for the copy. (One that is not waited for would cost an
     * event and its callback in JOCL for every frame.)
     */
    public void write(HostBuffer host, DeviceBuffer buffer, long offsetBytes, long lengthBytes) {
        Queues.write(handle, buffer.handle(), host.memory(), offsetBytes, lengthBytes);
    }

    /** Copies to the start of {@code host} and waits for it and for all that was enqueued before. */
    public void read(DeviceBuffer buffer, HostBuffer host, long offsetBytes, long lengthBytes) {
        Queues.read(handle, buffer.handle(), host.memory(), offsetBytes, lengthBytes);
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
