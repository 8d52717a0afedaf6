package org.reluctor.opencl.device;

import org.reluctor.opencl.binding.Handle;
import org.reluctor.opencl.binding.Programs;

/** A kernel object: a function of a program with arguments of its own, set once in order, used for every launch. */
public final class Kernel implements AutoCloseable {
    private final String name;
    private final Handle handle;
    private int arguments;
    private boolean closed;

    Kernel(String name, Handle handle) {
        this.name = name;
        this.handle = handle;
    }

    public String name() {
        return name;
    }

    Handle handle() {
        return handle;
    }

    /** Sets the next argument to a buffer. */
    public Kernel with(DeviceBuffer buffer) {
        if (buffer.isShared()) {
            Programs.setShared(handle, arguments++, buffer.handle(), name);
        } else {
            Programs.setBuffer(handle, arguments++, buffer.handle(), name);
        }
        return this;
    }

    /** Sets the next argument to a number. */
    public Kernel with(int value) {
        Programs.setInt(handle, arguments++, value, name);
        return this;
    }

    /** Sets the next argument to a number. */
    public Kernel with(float value) {
        Programs.setFloat(handle, arguments++, value, name);
        return this;
    }

    /** Reserves the next argument for a number that is set anew before every launch, without allocating. */
    public Argument argument() {
        return new Argument(arguments++);
    }

    /** An argument that changes from launch to launch. */
    public final class Argument {
        private final Programs.IntArgument argument;

        private Argument(int index) {
            argument = new Programs.IntArgument(handle, index, name);
        }

        /** The value for the launches to come. */
        public void set(int value) {
            argument.set(value);
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            Programs.releaseKernel(handle);
        }
    }
}
