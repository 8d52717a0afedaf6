package org.reluctor.devicetests.portability;

import java.nio.file.Path;
import org.reluctor.devicetests.TestDevice;
import org.reluctor.opencl.device.DeviceBuffer;
import org.reluctor.opencl.device.DeviceSession;
import org.reluctor.opencl.device.Kernel;
import org.reluctor.opencl.device.Program;

/** A program that launches a kernel with a fault that a checker must find; for a process as {@link CatalogueRun} is. */
final class FaultyKernels {
    private static final int ELEMENTS = 64;
    private static final String SOURCE = """
            __kernel void race(__global float *a) { a[get_global_id(0) / 2] = get_global_id(0); }
            __kernel void beyond(__global float *a) { a[get_global_id(0) + 1] = 1; }
            __kernel void partway(__global float *a)
            {
              __local float shared[64];
              shared[get_local_id(0)] = get_local_id(0);
              a[get_global_id(0)] = shared[63 - get_local_id(0)];
            }
            """;

    private FaultyKernels() {
    }

    /** Folder of the kernel cache, then the kernel's name. */
    public static void main(String[] arguments) {
        try (DeviceSession session = TestDevice.open(Path.of(arguments[0]));
                Program program = session.program(SOURCE);
                DeviceBuffer buffer = session.zeroed(ELEMENTS);
                Kernel kernel = program.kernel(arguments[1]).with(buffer)) {
            session.queue().launch(kernel, new long[] {ELEMENTS}, new long[] {ELEMENTS});
            session.queue().finish();
        }
    }
}
