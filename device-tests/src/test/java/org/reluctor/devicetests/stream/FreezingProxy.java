package org.reluctor.devicetests.stream;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A way to a broker on which connections freeze, as behind a router that forgot them: both ends stay open and nothing
 * comes through any more, while new connections work.
 */
final class FreezingProxy implements AutoCloseable {
    private static final int CHUNK_BYTES = 1 << 14;

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int brokerPort;
    private final AtomicInteger freezings = new AtomicInteger();
    private volatile boolean closed;

    FreezingProxy(int brokerPort) throws IOException {
        this.brokerPort = brokerPort;
        daemon(this::serve);
    }

    String uri() {
        return "tcp://127.0.0.1:" + server.getLocalPort();
    }

    /** Freezes the connections that there are, for good. */
    void freeze() {
        freezings.incrementAndGet();
    }

    private void serve() {
        try {
            while (true) {
                Socket client = server.accept();
                Socket broker = new Socket(InetAddress.getLoopbackAddress(), brokerPort);
                int made = freezings.get();
                daemon(() -> pass(client, broker, made));
                daemon(() -> pass(broker, client, made));
            }
        } catch (IOException e) {
            // Closed.
            return;
        }
    }

    private void pass(Socket from, Socket to, int made) {
        byte[] chunk = new byte[CHUNK_BYTES];
        try (from; to) {
            for (int count = 0; count >= 0; count = from.getInputStream().read(chunk)) {
                while (made != freezings.get() && !closed) {
                    Thread.sleep(50);
                }
                to.getOutputStream().write(chunk, 0, count);
            }
        } catch (IOException | InterruptedException e) {
            // The connection is over.
            return;
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "freezing-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        closed = true;
        server.close();
    }
}
