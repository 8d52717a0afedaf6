package org.reluctor.devicetests.peers;

import org.reluctor.opencl.device.CommandQueue;
import org.reluctor.opencl.device.DeviceBuffer;
import org.reluctor.opencl.device.DeviceSession;
import org.reluctor.opencl.device.HostBuffer;
import org.reluctor.opencl.device.Kernel;
import org.reluctor.opencl.device.Program;

/**
 * The least that a batch costs by write, launch and read, whatever is computed: its measurements are written, a kernel
 * that does nothing is launched, and its signals are read. There are two such floors, as there are two ways to launch:
 * in the calling thread, which is what the engine stands on where the driver has that, and on every compute unit, whose
 * threads have to be woken.
 */
final class LaunchFloor implements Contender, AutoCloseable {
    private static final String EMPTY = "__kernel void empty(__global float *result) { }\n";

    private final String name;
    private final CommandQueue copies;
    private final CommandQueue launches;
    private final Program program;
    private final DeviceBuffer buffer;
    private final Kernel kernel;
    private final HostBuffer measurements;
    private final HostBuffer signals;
    private final long[] global;
    private final long[] local = {1};

    private LaunchFloor(DeviceSession session, boolean inCaller, int inputs, int outputs) {
        this.name = inCaller ? "floor" : "floor, woken";
        this.copies = session.queue();
        this.launches = inCaller ? session.callerQueue().orElseThrow() : session.queue();
        this.program = inCaller ? session.callerProgram(EMPTY) : session.program(EMPTY);
        this.buffer = session.zeroed(Math.max(inputs, outputs));
        this.kernel = program.kernel("empty").with(buffer);
        this.measurements = new HostBuffer(inputs);
        this.signals = new HostBuffer(outputs);
        this.global = new long[] {inCaller ? 1 : session.device().computeUnits()};
    }

    /** On every compute unit, for a batch of so many elements each way. */
    static LaunchFloor woken(DeviceSession session, int inputs, int outputs) {
        return new LaunchFloor(session, false, inputs, outputs);
    }

    /** The lowest that the session has: in the calling thread if it can. */
    static LaunchFloor lowest(DeviceSession session, int inputs, int outputs) {
        return new LaunchFloor(session, session.callerQueue().isPresent(), inputs, outputs);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void run() {
        copies.write(measurements, buffer, 0, lengthBytes(measurements));
        launches.launch(kernel, global, local);
        if (launches != copies) {
            launches.finish();
        }
        copies.read(buffer, signals, 0, lengthBytes(signals));
    }

    private static long lengthBytes(HostBuffer host) {
        return (long) host.floats().capacity() * Float.BYTES;
    }

    @Override
    public void close() {
        launches.finish();
        kernel.close();
        program.close();
        buffer.close();
    }
}
