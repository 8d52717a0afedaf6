package org.reluctor.opencl.training;

import java.util.HashMap;
import java.util.Map;
import org.reluctor.opencl.device.DeviceSession;
import org.reluctor.opencl.device.Holdings;
import org.reluctor.opencl.device.Kernel;
import org.reluctor.opencl.device.Program;
import org.reluctor.opencl.operation.KernelText;

/** Programs of a session by their source, each built once. Close it after all kernels. One thread. */
public final class TrainingKernels implements AutoCloseable {
    private static final String HEAD = "#pragma OPENCL FP_CONTRACT OFF\n"
            + "#define EACH(i, n) _Pragma(\"unroll\") for (int i = 0; i < (n); i++)\n";

    private final DeviceSession session;
    private final Map<String, Program> programs = new HashMap<>();
    private final Holdings held = new Holdings();

    /** For programs of that session. */
    public TrainingKernels(DeviceSession session) {
        this.session = session;
    }

    /** The session whose kernels these are. */
    public DeviceSession session() {
        return session;
    }

    /** A new kernel of that name in the program of that source. */
    public Kernel kernel(String source, String name) {
        return programs.computeIfAbsent(source, text -> held.add(session.program(HEAD + text))).kernel(name);
    }

    /** A kernel file's text; its name without {@code .cl}. */
    static String part(String file) {
        return KernelText.part(file);
    }

    @Override
    public void close() {
        held.close();
    }
}
