package org.reluctor.devicetests.faults;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.reluctor.devicetests.command.ReluctorProcess;

/**
 * Keeps {@code reluctor run} running as a service manager does: a process that ends by itself is started again, and
 * counted. Safe for several threads.
 */
public final class GatewayRunner implements AutoCloseable {
    private static final long LOOK_MILLIS = 50;
    private static final long PAUSE_MILLIS = 200;

    private final Path folder;
    private final Path configuration;
    private final Map<String, String> environment;
    private final List<String> exits = new ArrayList<>();
    private final Thread keeper = new Thread(this::keep, "gateway-runner");
    private ReluctorProcess process;
    private boolean wanted;

    /** @param folder receives what the processes say */
    public GatewayRunner(Path folder, Path configuration, Map<String, String> environment) {
        this.folder = folder;
        this.configuration = configuration;
        this.environment = environment;
        keeper.setDaemon(true);
    }

    /** Starts the first process. */
    public void start() throws IOException {
        restart();
        keeper.start();
    }

    /** SIGKILL; nothing runs until {@link #restart}. */
    public synchronized void kill() throws InterruptedException {
        wanted = false;
        process.kill();
    }

    /** Starts a process where none runs; does not wait for it. */
    public synchronized void restart() throws IOException {
        wanted = true;
        if (process == null || !process.isAlive()) {
            process = ReluctorProcess.start(folder, environment, List.of("run", "--config", configuration.toString()));
        }
    }

    /** Whether the process may write files, its log among them; false is as on a full disk. */
    public synchronized void allowWriting(boolean allowed) throws IOException, InterruptedException {
        Process limit = new ProcessBuilder("prlimit", "--pid", Long.toString(process.pid()),
                "--fsize=" + (allowed ? "unlimited:unlimited" : "0:unlimited")).inheritIO().start();
        if (limit.waitFor() != 0) {
            throw new IOException("prlimit ended with " + limit.exitValue());
        }
    }

    /** As the system has the present process. */
    public synchronized long pid() {
        return process.pid();
    }

    /** Where what the processes say lies. */
    public Path folder() {
        return folder;
    }

    /** How processes ended that nobody had killed. */
    public synchronized List<String> exits() {
        return List.copyOf(exits);
    }

    private void keep() {
        try {
            while (true) {
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
                look();
            }
        } catch (InterruptedException e) {
            // Closed.
        }
    }

    private synchronized void look() throws InterruptedException {
        if (!wanted || process.isAlive()) {
            return;
        }
        try {
            String said = process.err();
            exits.add(said.substring(Math.max(0, said.length() - 300)));
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            restart();
        } catch (IOException e) {
            exits.add("not started again: " + e.getMessage());
        }
    }

    /** Ends the process by force. */
    @Override
    public void close() {
        keeper.interrupt();
        synchronized (this) {
            wanted = false;
            if (process != null) {
                process.close();
            }
        }
    }
}
