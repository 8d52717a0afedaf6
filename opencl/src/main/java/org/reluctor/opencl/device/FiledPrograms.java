package org.reluctor.opencl.device;

import org.reluctor.opencl.OpenClException;
import org.reluctor.opencl.binding.Handle;
import org.reluctor.opencl.binding.Programs;

/** Programs from a {@link ProgramFile} alone, for devices and machines that cannot compile. */
final class FiledPrograms implements ProgramSupply {
    private final ProgramFile file;

    FiledPrograms(ProgramFile file) {
        this.file = file;
    }

    @Override
    public Program program(Handle context, Device device, String source) {
        byte[] binary = file.binary(source, BUILD_OPTIONS);
        try {
            Handle handle = Programs.fromBinary(context, device.handle(), binary);
            // A program of a binary is built, too, before it has kernels; there is nothing left to compile.
            Programs.build(handle, device.handle(), BUILD_OPTIONS);
            return new Program(handle);
        } catch (OpenClException e) {
            throw new ProgramFileException(file.path(), "the driver of " + device + " does not take it ("
                    + e.getMessage() + ")", e);
        }
    }
}
