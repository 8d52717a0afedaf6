package org.reluctor.opencl.device;

import java.util.Optional;
import java.util.stream.Stream;
import org.reluctor.opencl.OpenClException;
import org.reluctor.opencl.binding.Discovery;
import org.reluctor.opencl.binding.Handle;
import org.reluctor.opencl.binding.Programs;
import org.reluctor.opencl.binding.Queues;

/**
 * A device in use: its context, its in-order queue and the cache of its programs. One thread at a time. Close what was
 * made from it first.
 */
public final class DeviceSession implements AutoCloseable {
    /**
     * Neither -cl-fast-relaxed-math nor -cl-mad-enable: what is certified is what runs, and NaN must pass through.
     * OpenCL C 1.2 is what the embedded compilers have.
     */
    private static final String BUILD_OPTIONS = "-cl-std=CL1.2";

    private final Device device;
    private final ProgramCache cache;
    private final Handle context;
    private final boolean sharesMemory;
    private final CommandQueue queue;
    private final Handle queueHandle;
    private final Optional<Device> caller;
    private final Optional<Handle> callerQueueHandle;
    private final Optional<CommandQueue> callerQueue;

    private DeviceSession(Device device, ProgramCache cache) {
        this.device = device;
        this.cache = cache;
        this.sharesMemory = device.kind() == DeviceKind.CPU && Discovery.sharesMemory(device.handle());
        this.caller = CallerDevice.beside(device);
        this.context = Queues.context(device.platformHandle(), Stream.concat(Stream.of(device), caller.stream())
                .map(Device::handle).toList());
        this.queueHandle = Queues.queue(context, device.handle());
        this.queue = new CommandQueue(queueHandle);
        this.callerQueueHandle = caller.map(found -> Queues.queue(context, found.handle()));
        this.callerQueue = callerQueueHandle.map(CommandQueue::new);
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

    /**
     * A second queue, whose commands run in the thread that finishes it, at the same time as those of {@link #queue},
     * if the device has that. Its kernels take shared buffers only ({@link DeviceBuffer#isShared}).
     */
    public Optional<CommandQueue> callerQueue() {
        return callerQueue;
    }

    /** A buffer of so many 4-byte elements; shared with the host where that is the device's memory anyway. */
    public DeviceBuffer buffer(long elements) {
        long lengthBytes = Math.max(1, elements) * Float.BYTES;
        return sharesMemory && lengthBytes <= Integer.MAX_VALUE ? DeviceBuffer.shared(context, lengthBytes)
                : DeviceBuffer.own(context, lengthBytes);
    }

    /** A buffer of so many 4-byte elements, all zero. */
    public DeviceBuffer zeroed(int elements) {
        DeviceBuffer buffer = buffer(elements);
        queue.write(new HostBuffer(elements), buffer, 0, elements * (long) Float.BYTES);
        return buffer;
    }

    /**
     * A program of that source: from the cache where an unharmed binary of the same source, device and driver lies,
     * otherwise compiled, which takes from tens of milliseconds to seconds.
     *
     * @throws OpenClException with the build log if the source does not compile
     */
    public Program program(String source) {
        return program(device, source);
    }

    /** As {@link #program(String)}, for {@link #callerQueue}. */
    public Program callerProgram(String source) {
        return program(caller.orElseThrow(), source);
    }

    private Program program(Device target, String source) {
        byte[] key = ProgramCache.key(target, source, BUILD_OPTIONS);
        Optional<byte[]> binary = cache.find(key);
        if (binary.isPresent()) {
            Optional<Program> program = fromBinary(target, binary.get());
            if (program.isPresent()) {
                return program.get();
            }
            cache.drop(key);
        }
        Handle handle = Programs.fromSource(context, source);
        Programs.build(handle, target.handle(), BUILD_OPTIONS);
        cache.keep(key, Programs.binary(handle));
        return new Program(handle);
    }

    /** A driver may refuse even its own binary, after an update that kept its version: then the source is built. */
    private Optional<Program> fromBinary(Device target, byte[] binary) {
        try {
            Handle handle = Programs.fromBinary(context, target.handle(), binary);
            Programs.build(handle, target.handle(), BUILD_OPTIONS);
            return Optional.of(new Program(handle));
        } catch (OpenClException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        callerQueueHandle.ifPresent(Queues::releaseQueue);
        Queues.releaseQueue(queueHandle);
        Queues.releaseContext(context);
    }
}
