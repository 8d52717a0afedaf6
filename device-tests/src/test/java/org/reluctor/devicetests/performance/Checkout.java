package org.reluctor.devicetests.performance;

import java.nio.file.Files;
import java.nio.file.Path;

/** The source tree that this program was built in: tests and benchmarks start its launcher, as a user does. */
final class Checkout {
    private static final String LAUNCHER = "runtime/bin/reluctor";

    private Checkout() {
    }

    /** The top of the tree, looked for from the working folder upwards. */
    static Path root() {
        Path start = Path.of("").toAbsolutePath();
        for (Path folder = start; folder != null; folder = folder.getParent()) {
            if (Files.isExecutable(folder.resolve(LAUNCHER))) {
                return folder;
            }
        }
        throw new IllegalStateException("no " + LAUNCHER + " above " + start + "; start in the source tree");
    }

    static Path launcher() {
        return root().resolve(LAUNCHER);
    }
}
