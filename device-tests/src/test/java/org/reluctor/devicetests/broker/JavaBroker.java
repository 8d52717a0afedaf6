package org.reluctor.devicetests.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.reluctor.devicetests.FolderTree;
import org.reluctor.devicetests.ProjectFiles;

/**
 * A broker written in Java, in a JVM of its own: a main class that takes a port and a folder, listens on the loopback
 * interface and writes what it confirms into the folder about when it confirms it.
 */
public final class JavaBroker implements KillableBroker {
    private static final long READY_NANOS = TimeUnit.SECONDS.toNanos(90);
    private static final long STOP_SECONDS = 20;
    /** Its buffers are a few ms deep; a busy machine makes it more. */
    private static final long UNWRITTEN_MILLIS = 1000;

    private final String classPath;
    private final String main;
    private final Path folder;
    private final int port;
    private Process process;

    private JavaBroker(String classPath, String main, Path folder) throws IOException {
        this.classPath = classPath;
        this.main = main;
        this.folder = Files.createDirectories(folder).toAbsolutePath();
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.port = socket.getLocalPort();
        }
        restart();
    }

    /** Apache Artemis, which the demonstration brings. */
    public static JavaBroker artemis(Path folder) throws IOException {
        String libraries = ProjectFiles.resolve("runtime/demo/target/lib") + "/*";
        return new JavaBroker(System.getProperty("java.class.path") + ":" + libraries, ArtemisProgram.class.getName(),
                folder);
    }

    /** HiveMQ CE, whose logging library must not meet ours: from the folder that device-tests/bin/faults fills. */
    public static JavaBroker hivemq(Path folder) throws IOException {
        Path built = ProjectFiles.resolve("device-tests/hivemq/target");
        if (!Files.isDirectory(built.resolve("lib"))) {
            throw new IOException("no HiveMQ CE in " + built + "; device-tests/bin/faults --broker hivemq fetches it");
        }
        return new JavaBroker(built.resolve("classes") + ":" + built.resolve("lib") + "/*",
                "org.reluctor.devicetests.hivemq.HiveMqProgram", folder);
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public void restart() throws IOException {
        if (process != null && process.isAlive()) {
            return;
        }
        Files.createDirectories(folder);
        Path said = folder.resolveSibling(folder.getFileName() + ".log");
        process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin/java").toString(), "-Xmx512m",
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", classPath, main, Integer.toString(port),
                folder.toString()).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(said.toFile())).start();
        long deadline = System.nanoTime() + READY_NANOS;
        while (!answers()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IOException(main + " did not start: " + Files.readString(said));
            }
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
            return true;
        } catch (IOException e) {
            return pause();
        }
    }

    private static boolean pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    @Override
    public boolean savesOnCommand() {
        return false;
    }

    @Override
    public void save() {
        // What it confirms is written, or will be within a moment.
    }

    @Override
    public long unwrittenMillis() {
        return UNWRITTEN_MILLIS;
    }

    @Override
    public void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            kill();
        }
    }

    @Override
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void forget() throws IOException {
        FolderTree.delete(folder);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
