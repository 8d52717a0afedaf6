package org.reluctor.opencl.device;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The linker {@code ld}, which PoCL's compiler for CPUs executes for every kernel. Where it is missing PoCL does not
 * report an error but aborts the process: so it is looked for before PoCL is given a source.
 */
final class PoclLinker {
    private static final String PLATFORM = "Portable Computing Language";
    /** Later versions may bring a linker of their own. */
    private static final int LAST_CERTAIN_VERSION = 4;
    private static final List<String> NAMES = List.of("ld", "x86_64-pc-linux-gnu-ld", "aarch64-unknown-linux-gnu-ld",
            "aarch64-linux-gnu-ld");
    /** Where clang looks beside the PATH. */
    private static final List<String> FOLDERS = List.of("/usr/bin", "/bin", "/usr/local/bin");

    private PoclLinker() {
    }

    /** Why that device cannot compile here, if that is certain. */
    static Optional<String> problem(Device device, Map<String, String> environment) {
        boolean needed = device.platform().equals(PLATFORM) && device.kind() == DeviceKind.CPU
                && majorOf(device.driver()) <= LAST_CERTAIN_VERSION;
        if (!needed || isThere(environment.getOrDefault("PATH", ""))) {
            return Optional.empty();
        }
        return Optional.of("the OpenCL driver PoCL cannot compile kernels: the linker ld is not on this machine;"
                + " install it (Debian: binutils), or use programs compiled before (reluctor kernels --help)");
    }

    private static boolean isThere(String path) {
        List<String> folders = new ArrayList<>(FOLDERS);
        folders.addAll(List.of(path.split(":")));
        return folders.stream().filter(folder -> !folder.isEmpty())
                .anyMatch(folder -> NAMES.stream().anyMatch(name -> Files.isExecutable(Path.of(folder, name))));
    }

    private static int majorOf(String version) {
        String digits = version.replaceFirst("^([0-9]{1,4}).*$", "$1");
        return digits.matches("[0-9]{1,4}") ? Integer.parseInt(digits) : Integer.MAX_VALUE;
    }
}
