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
            // A program of a binary is built, too, before it has kernels; there is nothing left to compile.
            return Program.built(Programs.fromBinary(context, device.handle(), binary), device);
        } catch (OpenClException e) {
            // One line: the build log of a program that was compiled elsewhere helps nobody here.
            throw new ProgramFileException(file.path(), "the driver of " + device + " does not take it ("
                    + e.getMessage().lines().findFirst().orElse("") + ")", e);
        }
    }
}
