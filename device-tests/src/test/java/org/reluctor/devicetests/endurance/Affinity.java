package org.reluctor.devicetests.endurance;

import java.io.IOException;

/** On which processors all threads of this process may run, the driver's among them; by {@code taskset}. */
final class Affinity {
    private Affinity() {
    }

    /**
     * Puts every thread on these processors.
     *
     * @param processors as taskset has them: 0, or 0-3
     */
    static void pin(String processors) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("taskset", "-a", "-p", "-c", processors,
                Long.toString(ProcessHandle.current().pid())).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IOException("taskset -c " + processors + ": " + said.strip());
        }
    }

    /** All processors of the machine that the process began with. */
    static void free(int processors) throws IOException, InterruptedException {
        pin("0-" + (processors - 1));
    }
}
