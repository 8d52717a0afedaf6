package org.reluctor.opencl.device;

import java.util.Optional;
import java.util.stream.Stream;
import org.reluctor.opencl.OpenClException;
import org.reluctor.opencl.binding.Contexts;
import org.reluctor.opencl.binding.Discovery;
import org.reluctor.opencl.binding.Handle;
import org.reluctor.opencl.binding.Queues;

/**
 * A device in use: its context, its in-order queue and where its programs come from. One thread at a time. Close what
 * was made from it first; to close it twice is no mistake.
 */
public final class DeviceSession implements AutoCloseable {
    /** Elements zeroed at once: large buffers need no second one of their size on the host. */
    private static final int ZEROS = 1 << 20;

    private final Device device;
    private final ProgramSupply programs;
    private final Handle context;
    private final boolean sharesMemory;
    private final CommandQueue queue;
    private final Optional<Device> caller;
    private final Optional<CommandQueue> callerQueue;
    private final Holdings held = new Holdings();

    private DeviceSession(Device device, ProgramSupply programs, Optional<Device> caller) {
        this.device = device;
        this.programs = programs;
        this.caller = caller;
        this.sharesMemory = device.kind() == DeviceKind.CPU && Discovery.sharesMemory(device.handle());
        this.context = Contexts.create(device.platformHandle(), Stream.concat(Stream.of(device), caller.stream())
                .map(Device::handle).toList());
        held.add(() -> Contexts.release(context));
        try {
            this.queue = queue(device);
            this.callerQueue = caller.map(this::queue);
        } catch (RuntimeException e) {
            Holdings.closeAfter(e, held);
            throw e;
        }
    }

    private CommandQueue queue(Device of) {
        Handle handle = Queues.queue(context, of.handle());
        held.add(() -> Queues.releaseQueue(handle));
        return new CommandQueue(handle);
    }

    /** Opens a device whose programs are compiled from source, once for each cache. */
    public static DeviceSession open(Device device, ProgramCache cache) {
        return new DeviceSession(device, new CompiledPrograms(cache), CallerDevice.beside(device));
    }

    /**
     * Opens a device whose programs are compiled from source and kept nowhere, for what runs once: some drivers compile
     * a kernel a second time before they give its binary away.
     */
    public static DeviceSession openUncached(Device device) {
        return new DeviceSession(device, CompiledPrograms::compile, CallerDevice.beside(device));
    }

    /**
     * Opens a device whose programs all come from a file: the driver is never given a source. A file is for one device,
     * so that there is no {@link #callerQueue}.
     *
     * @throws ProgramFileException if the file was made for another device or driver
     */
    public static DeviceSession open(Device device, ProgramFile file) {
        file.requireFor(device);
        return new DeviceSession(device, new FiledPrograms(file), Optional.empty());
    }

    /** Opens a device whose programs are compiled anew and told to the recorder: those that a file must have. */
    public static DeviceSession open(Device device, ProgramRecorder recorder) {
        return new DeviceSession(device, recorder::build, Optional.empty());
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
        try {
            HostBuffer zeros = new HostBuffer(Math.min(elements, ZEROS));
            for (long from = 0; from < elements; from += ZEROS) {
                long length = Math.min(ZEROS, elements - from);
                queue.write(zeros, buffer, from * Float.BYTES, length * Float.BYTES);
            }
            return buffer;
        } catch (RuntimeException | Error e) {
            Holdings.closeAfter(e, buffer);
            throw e;
        }
    }

    /**
     * A program of that source: from where this session's programs come from. One that is compiled takes from tens of
     * milliseconds to seconds.
     *
     * @throws OpenClException      with the build log if the source does not compile
     * @throws ProgramFileException if programs come from a file that lacks this one
     */
    public Program program(String source) {
        return programs.program(context, device, source);
    }

    /** As {@link #program}, for {@link #callerQueue}. */
    public Program callerProgram(String source) {
        return programs.program(context, caller.orElseThrow(), source);
    }

    @Override
    public void close() {
        held.close();
    }
}
