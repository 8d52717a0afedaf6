package org.reluctor.opencl.device;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.reluctor.opencl.binding.Handle;

/**
 * Remembers the programs that sessions are asked for, and takes their binaries. No cache stands between: a driver that
 * was given a binary gives the same one back, without what it has compiled since. One thread.
 */
public final class ProgramRecorder {
    private final Map<String, Program> open = new LinkedHashMap<>();
    private final Map<String, RecordedProgram> collected = new LinkedHashMap<>();

    /** A recorder that has seen nothing. */
    public ProgramRecorder() {
        // Filled by sessions.
    }

    Program build(Handle context, Device device, String source) {
        Program program = CompiledPrograms.compile(context, device, source);
        open.put(source, program);
        return program;
    }

    /**
     * Takes the binaries of all programs asked for since the last call, as they now are. To be called after every
     * kernel was launched in every shape that it will ever have, because some drivers finish a kernel at its launch;
     * and before the programs are closed.
     */
    public void collect() {
        open.forEach((source, program) -> collected.put(source, new RecordedProgram(source,
                ProgramSupply.BUILD_OPTIONS, program.kernelNames(), program.binary())));
        open.clear();
    }

    /** What was collected, each source once, in the order in which it was first asked for. */
    public List<RecordedProgram> programs() {
        return new ArrayList<>(collected.values());
    }
}
