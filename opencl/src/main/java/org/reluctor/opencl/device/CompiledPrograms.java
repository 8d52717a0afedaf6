package org.reluctor.opencl.device;

import java.util.Optional;
import org.reluctor.opencl.OpenClException;
import org.reluctor.opencl.binding.Handle;
import org.reluctor.opencl.binding.Programs;
import org.reluctor.opencl.pace.Pace;

/**
 * Programs from the cache where an unharmed binary of the same source, device and driver lies; otherwise compiled, and
 * kept there.
 */
final class CompiledPrograms implements ProgramSupply {
    private final ProgramCache cache;

    CompiledPrograms(ProgramCache cache) {
        this.cache = cache;
    }

    @Override
    public Program program(Handle context, Device device, String source) {
        // A binary from the cache may lack what the driver makes of it at the first launch only: then it links, too.
        requireLinker(device);
        byte[] key = ProgramCache.key(device, source, BUILD_OPTIONS);
        Optional<byte[]> binary = cache.find(key);
        Pace.rest();
        if (binary.isPresent()) {
            Optional<Program> program = fromBinary(context, device, binary.get());
            if (program.isPresent()) {
                return program.get();
            }
            cache.drop(key);
        }
        Program program = compile(context, device, source);
        keep(key, program);
        return program;
    }

    /** A driver that does not give its binary costs the next start some time, not this one its life. */
    private void keep(byte[] key, Program program) {
        byte[] binary;
        try {
            binary = program.binary();
        } catch (OpenClException e) {
            return;
        }
        cache.keep(key, binary);
    }

    /** Builds a source, after a look at what would make the driver take the process with it. */
    static Program compile(Handle context, Device device, String source) {
        if (!device.hasCompiler()) {
            throw new OpenClException(OpenClException.NO_STATUS, device + " has no compiler: it takes programs from a"
                    + " file alone, see reluctor kernels --help");
        }
        requireLinker(device);
        return Program.built(Programs.fromSource(context, source), device);
    }

    private static void requireLinker(Device device) {
        PoclLinker.problem(device, System.getenv()).ifPresent(problem -> {
            throw new OpenClException(OpenClException.NO_STATUS, problem);
        });
    }

    /** A driver may refuse even its own binary, after an update that kept its version: then the source is built. */
    private static Optional<Program> fromBinary(Handle context, Device device, byte[] binary) {
        try {
            return Optional.of(Program.built(Programs.fromBinary(context, device.handle(), binary), device));
        } catch (OpenClException e) {
            return Optional.empty();
        }
    }
}
