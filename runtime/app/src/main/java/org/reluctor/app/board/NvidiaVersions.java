package org.reluctor.app.board;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** NVIDIA's library and kernel module work together only in the same version; after an update both may differ. */
final class NvidiaVersions {
    private static final Pattern VERSION = Pattern.compile("\\d+\\.\\d+(\\.\\d+)?");
    private static final String LIBRARY = "libnvidia-opencl.so.1";

    private NvidiaVersions() {
    }

    /** Empty where there is no such library or no such module. */
    static Optional<Finding> check(BoardFiles files, SharedLibraries libraries) {
        Optional<String> module = files.text("/sys/module/nvidia/version")
                .or(() -> files.text("/proc/driver/nvidia/version").flatMap(NvidiaVersions::versionIn));
        Optional<String> library = libraries.find(LIBRARY).flatMap(NvidiaVersions::versionOf);
        if (library.isEmpty()) {
            return Optional.empty();
        }
        if (module.isEmpty()) {
            return Optional.of(Finding.bad("nvidia", "the library is of version " + library.get()
                    + ", and no kernel module nvidia is loaded", "modprobe nvidia; dmesg tells why it fails"));
        }
        return Optional.of(module.equals(library)
                ? Finding.good("nvidia", "library and kernel module are both of version " + library.get())
                : Finding.bad("nvidia", "the library is of version " + library.get() + ", the kernel module of "
                        + module.get(), "reboot, or install both in the same version"));
    }

    /** The real file behind the library's name ends in its version. */
    private static Optional<String> versionOf(Path library) {
        try {
            return versionIn(library.toRealPath().getFileName().toString());
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    private static Optional<String> versionIn(String text) {
        Matcher matcher = VERSION.matcher(text);
        return matcher.find() ? Optional.of(matcher.group()) : Optional.empty();
    }
}
