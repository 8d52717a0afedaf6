package org.reluctor.opencl.device;

import java.util.List;
import org.reluctor.opencl.binding.Handle;
import org.reluctor.opencl.binding.Programs;
import org.reluctor.opencl.pace.Pace;

/** A built program. Close it after its kernels. */
public final class Program implements AutoCloseable {
    private final Handle handle;
    private boolean closed;

    Program(Handle handle) {
        this.handle = handle;
    }

    /** Builds what was just made of a source or a binary; gives it back where that fails. */
    static Program built(Handle made, Device device) {
        Program program = new Program(made);
        Pace.rest();
        try {
            Programs.build(made, device.handle(), ProgramSupply.BUILD_OPTIONS);
            return program;
        } catch (RuntimeException e) {
            Holdings.closeAfter(e, program);
            throw e;
        }
    }

    /** The driver's own format of it, as it now is. */
    byte[] binary() {
        return Programs.binary(handle);
    }

    /** Names of its kernels, in the driver's order. */
    List<String> kernelNames() {
        return Programs.kernelNames(handle);
    }

    /** A new kernel object of the function of that name. */
    public Kernel kernel(String name) {
        Pace.rest();
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
