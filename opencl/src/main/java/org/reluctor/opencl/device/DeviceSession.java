package org.reluctor.opencl.device;

import org.reluctor.opencl.OpenClException;
import org.reluctor.opencl.binding.Handle;
import org.reluctor.opencl.binding.Queues;

/**
 * A device in use: its context, its in-order queue and where its programs come from. One thread at a time. Close what
 * was made from it first.
 */
public final class DeviceSession implements AutoCloseable {
    /** Elements zeroed at once: large buffers need no second one of their size on the host. */
    private static final int ZEROS = 1 << 20;

    private final Device device;
    private final ProgramSupply programs;
    private final Handle context;
    private final CommandQueue queue;
    private final Handle queueHandle;

    private DeviceSession(Device device, ProgramSupply programs) {
        this.device = device;
        this.programs = programs;
        this.context = Queues.context(device.platformHandle(), device.handle());
        this.queueHandle = Queues.queue(context, device.handle());
        this.queue = new CommandQueue(queueHandle);
    }

    /** Opens a device whose programs are compiled from source, once for each cache. */
    public static DeviceSession open(Device device, ProgramCache cache) {
        return new DeviceSession(device, new CompiledPrograms(cache));
    }

    /**
     * Opens a device whose programs all come from a file: the driver is never given a source.
     *
     * @throws ProgramFileException if the file was made for another device or driver
     */
    public static DeviceSession open(Device device, ProgramFile file) {
        file.requireFor(device);
        return new DeviceSession(device, new FiledPrograms(file));
    }

    /** Opens a device whose programs are compiled anew and told to the recorder. */
    public static DeviceSession open(Device device, ProgramRecorder recorder) {
        return new DeviceSession(device, recorder::build);
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
     * A program of that source: from where this session's programs come from. One that is compiled takes from tens of
     * milliseconds to seconds.
     *
     * @throws OpenClException      with the build log if the source does not compile
     * @throws ProgramFileException if programs come from a file that lacks this one
     */
    public Program program(String source) {
        return programs.program(context, device, source);
    }

    @Override
    public void close() {
        Queues.releaseQueue(queueHandle);
        Queues.releaseContext(context);
    }
}
