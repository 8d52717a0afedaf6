package org.reluctor.opencl.device;

import java.util.Optional;
import org.reluctor.opencl.OpenClException;
import org.reluctor.opencl.binding.Handle;
import org.reluctor.opencl.binding.Programs;
import org.reluctor.opencl.binding.Queues;

/**
 * A device in use: its context, its in-order queue and the cache of its programs. One thread at a time. Close what was
 * made from it first.
 */
public final class DeviceSession implements AutoCloseable {
    /** Elements zeroed at once: large buffers need no second one of their size on the host. */
    private static final int ZEROS = 1 << 20;

    /**
     * Neither -cl-fast-relaxed-math nor -cl-mad-enable: what is certified is what runs, and NaN must pass through.
     * OpenCL C 1.2 is what the embedded compilers have.
     */
    private static final String BUILD_OPTIONS = "-cl-std=CL1.2";

    private final Device device;
    private final ProgramCache cache;
    private final Handle context;
    private final CommandQueue queue;
    private final Handle queueHandle;

    private DeviceSession(Device device, ProgramCache cache) {
        this.device = device;
        this.cache = cache;
        this.context = Queues.context(device.platformHandle(), device.handle());
        this.queueHandle = Queues.queue(context, device.handle());
        this.queue = new CommandQueue(queueHandle);
    }

    /** Opens a device. */
    public static DeviceSession open(Device device, ProgramCache cache) {
        return new DeviceSession(device, cache);
    }

    public Device device() {
        return device;
    }

    public CommandQueue queue() {
        return queue;
    }

    /** A buffer of so many 4-byte elements. */
    public DeviceBuffer buffer(long elements) {
        return new DeviceBuffer(context, Math.max(1, elements) * Float.BYTES);
    }

    /** A buffer of so many 4-byte elements, all zero. */
    public DeviceBuffer zeroed(int elements) {
        DeviceBuffer buffer = buffer(elements);
        HostBuffer zeros = new HostBuffer(Math.min(elements, ZEROS));
        for (int from = 0; from < elements; from += ZEROS) {
            long length = Math.min(ZEROS, elements - from);
            queue.write(zeros, buffer, from * (long) Float.BYTES, length * Float.BYTES);
        }
        return buffer;
    }

    /**
     * A program of that source: from the cache where an unharmed binary of the same source, device and driver lies,
     * otherwise compiled, which takes from tens of milliseconds to seconds.
     *
     * @throws OpenClException with the build log if the source does not compile
     */
    public Program program(String source) {
        byte[] key = ProgramCache.key(device, source, BUILD_OPTIONS);
        Optional<byte[]> binary = cache.find(key);
        if (binary.isPresent()) {
            Optional<Program> program = fromBinary(binary.get());
            if (program.isPresent()) {
                return program.get();
            }
            cache.drop(key);
        }
        Handle handle = Programs.fromSource(context, source);
        Programs.build(handle, device.handle(), BUILD_OPTIONS);
        cache.keep(key, Programs.binary(handle));
        return new Program(handle);
    }

    /** A driver may refuse even its own binary, after an update that kept its version: then the source is built. */
    private Optional<Program> fromBinary(byte[] binary) {
        try {
            Handle handle = Programs.fromBinary(context, device.handle(), binary);
            Programs.build(handle, device.handle(), BUILD_OPTIONS);
            return Optional.of(new Program(handle));
        } catch (OpenClException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        Queues.releaseQueue(queueHandle);
        Queues.releaseContext(context);
    }
}
