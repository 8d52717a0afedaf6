package org.reluctor.opencl.device;

import org.reluctor.opencl.binding.Handle;
import org.reluctor.opencl.binding.Programs;

/** A built program. Close it after its kernels. */
public final class Program implements AutoCloseable {
    private final Handle handle;
    private boolean closed;

    Program(Handle handle) {
        this.handle = handle;
    }

    /** A new kernel object of the function of that name. */
    public Kernel kernel(String name) {
        return new Kernel(name, Programs.kernel(handle, name));
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            Programs.releaseProgram(handle);
        }
    }
}
