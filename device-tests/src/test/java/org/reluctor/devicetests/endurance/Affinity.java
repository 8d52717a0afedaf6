package org.reluctor.devicetests.endurance;

import java.io.IOException;

/** On which processors all threads of this process may run, the driver's among them; by {@code taskset}. */
public final class Affinity {
    /** Asked once: while threads are pinned, and for some milliseconds behind, the JVM counts fewer. */
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();
    private static final int MOST_TRIES = 10;

    private Affinity() {
    }

    /** Those that the process began with. */
    static int processors() {
        return PROCESSORS;
    }

    /** Puts every thread on the first processor. */
    public static void pin() throws IOException, InterruptedException {
        set("0");
    }

    /** Gives every thread all processors that the process began with; to be called behind {@link #pin}. */
    public static void free() throws IOException, InterruptedException {
        set("0-" + (PROCESSORS - 1));
    }

    /** Tried again where a thread ended while taskset went through their list. */
    private static void set(String processors) throws IOException, InterruptedException {
        String said = "";
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            Process process = new ProcessBuilder("taskset", "-a", "-p", "-c", processors,
                    Long.toString(ProcessHandle.current().pid())).redirectErrorStream(true).start();
            said = new String(process.getInputStream().readAllBytes());
            if (process.waitFor() == 0) {
                return;
            }
        }
        throw new IOException("taskset -c " + processors + ": " + said.strip());
    }
}
