package org.reluctor.devicetests.peers;

import org.reluctor.opencl.device.DeviceBuffer;
import org.reluctor.opencl.device.DeviceSession;
import org.reluctor.opencl.device.HostBuffer;
import org.reluctor.opencl.device.Kernel;
import org.reluctor.opencl.device.Program;

/**
 * The least that a batch costs on a device by write, launch and read, whatever is computed: its measurements are
 * written, a kernel that does nothing is launched on every compute unit, and its signals are read.
 */
final class LaunchFloor implements Contender, AutoCloseable {
    private final DeviceSession session;
    private final Program program;
    private final DeviceBuffer buffer;
    private final Kernel kernel;
    private final HostBuffer measurements;
    private final HostBuffer signals;
    private final long[] global;
    private final long[] local = {1};

    /** For a batch of so many elements each way. */
    LaunchFloor(DeviceSession session, int inputs, int outputs) {
        this.session = session;
        this.program = session.program("__kernel void empty(__global float *result) { }\n");
        this.buffer = session.zeroed(Math.max(inputs, outputs));
        this.kernel = program.kernel("empty").with(buffer);
        this.measurements = new HostBuffer(inputs);
        this.signals = new HostBuffer(outputs);
        this.global = new long[] {session.device().computeUnits()};
    }

    @Override
    public String name() {
        return "floor";
    }

    @Override
    public void run() {
        session.queue().write(measurements, buffer, 0, lengthBytes(measurements));
        session.queue().launch(kernel, global, local);
        session.queue().read(buffer, signals, 0, lengthBytes(signals));
    }

    private static long lengthBytes(HostBuffer host) {
        return (long) host.floats().capacity() * Float.BYTES;
    }

    @Override
    public void close() {
        session.queue().finish();
        kernel.close();
        program.close();
        buffer.close();
    }
}
