package org.reluctor.devicetests.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.reluctor.devicetests.Slowness;

/**
 * A mosquitto of the test's own: its configuration and persistence in a folder of the test, on a free loopback port
 * that it keeps over restarts. Ends with {@link #close}, by its process handle.
 */
public final class Mosquitto implements KillableBroker {
    private static final String PROGRAM = "mosquitto.program";
    private static final String DEFAULT_PROGRAM = "/usr/sbin/mosquitto";
    /** The last of its signals that it begins to catch, in the mask of proc(5). */
    private static final long SIGUSR2_BIT = 1L << 11;
    private static final long READY_NANOS = Slowness.patience(Duration.ofSeconds(10)).toNanos();

    private final Path folder;
    private final int port;
    private Process process;

    private Mosquitto(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    /** Starts a broker that anyone may use, with persistence; {@code extra} lines are added to its configuration. */
    public static Mosquitto start(Path folder, String... extra) throws IOException {
        List<String> lines = new ArrayList<>(List.of("allow_anonymous true"));
        lines.addAll(List.of(extra));
        return startWith(folder, lines);
    }

    /** Starts a broker with exactly these lines behind listener, user and persistence. */
    public static Mosquitto startWith(Path folder, List<String> lines) throws IOException {
        Files.createDirectories(folder);
        Mosquitto broker = new Mosquitto(folder, freePort());
        List<String> all = new ArrayList<>(List.of("listener " + broker.port + " 127.0.0.1",
                "user " + System.getProperty("user.name"), "persistence true", "persistence_location " + folder + "/",
                "max_inflight_messages 100", "max_queued_messages 1000000", "set_tcp_nodelay true",
                "log_dest file " + folder.resolve("mosquitto.log")));
        all.addAll(lines);
        Files.write(folder.resolve("mosquitto.conf"), all);
        broker.restart();
        return broker;
    }

    public String uri() {
        return "tcp://127.0.0.1:" + port;
    }

    @Override
    public int port() {
        return port;
    }

    public Path folder() {
        return folder;
    }

    /** Processor time of the present process so far. */
    public Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    @Override
    public void restart() throws IOException {
        if (process != null && process.isAlive()) {
            return;
        }
        String program = System.getProperty(PROGRAM, DEFAULT_PROGRAM);
        process = new ProcessBuilder(program, "-c", folder.resolve("mosquitto.conf").toString())
                .redirectErrorStream(true).redirectOutput(folder.resolve("mosquitto.out").toFile()).start();
        long deadline = System.nanoTime() + READY_NANOS;
        while (!answers() || !catchesSignals()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IOException("mosquitto did not start: " + Files.readString(folder.resolve("mosquitto.out")));
            }
        }
    }

    @Override
    public boolean savesOnCommand() {
        return true;
    }

    @Override
    public long unwrittenMillis() {
        return 0;
    }

    /** As SIGUSR1 does. */
    @Override
    public void save() throws IOException, InterruptedException {
        Path store = folder.resolve("mosquitto.db");
        Files.deleteIfExists(store);
        signal("-USR1");
        while (!Files.exists(store)) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    @Override
    public void stop() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }

    @Override
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    @Override
    public void forget() throws IOException {
        Files.deleteIfExists(folder.resolve("mosquitto.db"));
    }

    /** Makes the broker read its access rules again, and returns when whoever comes next meets the new ones. */
    public void reload() throws IOException, InterruptedException {
        long before = reloads();
        signal("-HUP");
        while (reloads() == before && process.isAlive()) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    private long reloads() throws IOException {
        try (Stream<String> lines = Files.lines(folder.resolve("mosquitto.log"))) {
            return lines.filter(line -> line.endsWith("Reloading config.")).count();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", name, Long.toString(process.pid())).inheritIO().start().waitFor();
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 200);
            return true;
        } catch (IOException e) {
            return pause();
        }
    }

    /** It listens before it catches its signals, and one that comes between ends it. */
    private boolean catchesSignals() throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        try (Stream<String> lines = Files.lines(status)) {
            String caught = lines.filter(line -> line.startsWith("SigCgt:")).findFirst().orElseThrow().substring(7);
            return (Long.parseUnsignedLong(caught.strip(), 16) & SIGUSR2_BIT) != 0 || pause();
        } catch (NoSuchFileException e) {
            return pause();
        }
    }

    private static boolean pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(10);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
