package org.reluctor.opencl.device;

import org.reluctor.opencl.binding.Handle;
import org.reluctor.opencl.binding.Queues;

/**
 * The in-order queue of a session: commands run one after the other, in the order in which they were enqueued. Owned
 * by one thread. Enqueueing allocates nothing.
 */
public final class CommandQueue {
    private final Handle handle;
    private boolean pending;

    CommandQueue(Handle handle) {
        this.handle = handle;
    }

    /**
     * Copies the start of {@code host} to the device and waits for the copy. (One that is not waited for would cost an
     * event and its callback in JOCL for every frame.)
     */
    public void write(HostBuffer host, DeviceBuffer buffer, long offsetBytes, long lengthBytes) {
        if (buffer.isShared()) {
            finishPending();
            buffer.view().put((int) offsetBytes, host.bytes(), 0, (int) lengthBytes);
        } else {
            Queues.write(handle, buffer.handle(), host.memory(), offsetBytes, lengthBytes);
        }
    }

    /** Copies to the start of {@code host} and waits for it and for all that was enqueued before. */
    public void read(DeviceBuffer buffer, HostBuffer host, long offsetBytes, long lengthBytes) {
        if (buffer.isShared()) {
            finishPending();
            host.bytes().put(0, buffer.view(), (int) offsetBytes, (int) lengthBytes);
        } else {
            Queues.read(handle, buffer.handle(), host.memory(), offsetBytes, lengthBytes);
        }
    }

    /** Runs a kernel over {@code global} work-items in work-groups of {@code local}, or of the kernel's own size. */
    public void launch(Kernel kernel, long[] global, long[] local) {
        pending = true;
        Queues.launch(handle, kernel.handle(), global, local, kernel.name());
    }

    /**
     * As {@link #launch}, for a kernel that the host meets through shared memory while it runs: it begins by itself,
     * and copies from and to shared memory do not wait for its end.
     */
    public void launchBeside(Kernel kernel, long[] global, long[] local) {
        Queues.launch(handle, kernel.handle(), global, local, kernel.name());
        Queues.flush(handle);
    }

    /** Waits for everything enqueued. */
    public void finish() {
        Queues.finish(handle);
        pending = false;
    }

    private void finishPending() {
        if (pending) {
            finish();
        }
    }
}
