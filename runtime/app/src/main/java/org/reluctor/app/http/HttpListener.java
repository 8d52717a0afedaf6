package org.reluctor.app.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.tinylog.Logger;

/**
 * Answers requests on one thread, whatever clients do: none is waited for, each has its time, so many are held at once
 * and of so many bytes. When all places are taken the connection that waits longest for its request gives way, so that
 * slow clients, however many, do not keep a quick one out. The JDK's server is no match for that: it reads requests on
 * the threads that answer them, one for each slow client. Safe for several threads.
 */
public final class HttpListener implements AutoCloseable {
    private static final int MOST_CONNECTIONS = 64;
    private static final long TICK_MILLIS = 200;
    /** Pages are told some twelve times a second. */
    private static final long STREAM_TICK_MILLIS = 64;
    private static final long ACCEPT_PAUSE_MILLIS = 100;
    private static final long STOP_MILLIS = 1000;

    private final ServerSocketChannel server;
    private final Selector selector;
    private final Responder responder;
    private final Refusals refusals;
    private final Set<HttpConnection> connections = new LinkedHashSet<>();
    private final Thread thread;
    private volatile boolean closed;

    /** Makes answers. */
    @FunctionalInterface
    public interface Responder {
        /** Called on the listener's thread, one request after the other; what it throws is answered with status 500
         * and told to the refusals. */
        HttpAnswer answer(HttpRequest request) throws IOException;
    }

    /** Is told who was refused. */
    @FunctionalInterface
    public interface Refusals {
        /** Called on the listener's thread; {@code detail} is one sentence that holds no control characters. */
        void refused(HttpFault fault, String from, String detail);
    }

    private HttpListener(ServerSocketChannel server, Selector selector, Responder responder, Refusals refusals,
            String name) {
        this.server = server;
        this.selector = selector;
        this.responder = responder;
        this.refusals = refusals;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    /**
     * Opens the port and answers from then on.
     *
     * @param name of the thread
     * @throws IOException if the port cannot be opened
     */
    public static HttpListener open(InetSocketAddress address, String name, Responder responder, Refusals refusals)
            throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open();
        try {
            server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            server.bind(address, MOST_CONNECTIONS);
            server.configureBlocking(false);
            Selector selector = Selector.open();
            server.register(selector, SelectionKey.OP_ACCEPT);
            HttpListener listener = new HttpListener(server, selector, responder, refusals, name);
            listener.thread.start();
            return listener;
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    /** The port that is open. */
    public int port() {
        return server.socket().getLocalPort();
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (server; selector) {
            while (!closed) {
                round();
            }
        } catch (IOException | RuntimeException e) {
            Logger.error("{} ended, and with it the page at port {}: {}; the stream goes on", thread.getName(), port(),
                    e.toString());
        } finally {
            connections.forEach(HttpConnection::close);
        }
    }

    private void round() throws IOException {
        selector.select(connections.isEmpty() ? 0
                : connections.stream().anyMatch(HttpConnection::isStream) ? STREAM_TICK_MILLIS : TICK_MILLIS);
        long now = System.nanoTime();
        for (Iterator<SelectionKey> keys = selector.selectedKeys().iterator(); keys.hasNext();) {
            SelectionKey key = keys.next();
            keys.remove();
            if (key.attachment() instanceof HttpConnection connection) {
                guarded(connection, now, true);
            } else {
                accept(now);
            }
        }
        for (HttpConnection connection : connections) {
            guarded(connection, now, false);
        }
        connections.removeIf(HttpConnection::isClosed);
    }

    private static void guarded(HttpConnection connection, long now, boolean ready) {
        if (connection.isClosed()) {
            return;
        }
        try {
            if (ready) {
                connection.ready(now);
            } else {
                connection.tick(now);
            }
        } catch (IOException | RuntimeException e) {
            // Whatever a client provokes, it must not take the others with it.
            connection.close();
        }
    }

    private void accept(long now) {
        try {
            // Not more at once, or those that are there would not be heard.
            SocketChannel channel = server.accept();
            for (int i = 0; channel != null; i++) {
                take(channel, now);
                channel = i < MOST_CONNECTIONS ? server.accept() : null;
            }
        } catch (IOException | RuntimeException e) {
            // No file descriptor is left, perhaps; one is when something ends.
            pause();
        }
    }

    private void take(SocketChannel channel, long now) throws IOException {
        HttpConnection connection = connectionOf(channel, now);
        // Most have sent their request by now, and need no place.
        guarded(connection, now, true);
        if (connection.isClosed()) {
            return;
        }
        if (connections.size() >= MOST_CONNECTIONS && !hasMadeRoom()) {
            connection.giveWay(MOST_CONNECTIONS);
            return;
        }
        connections.add(connection);
    }

    /** A channel that fails here is closed: left registered, it would be taken for the server's at every round. */
    private HttpConnection connectionOf(SocketChannel channel, long now) throws IOException {
        try {
            channel.configureBlocking(false);
            SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
            HttpConnection connection = new HttpConnection(channel, key, responder, refusals, now);
            key.attach(connection);
            return connection;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** The oldest goes: of those that are done, else of those that wait for their request, else of the answered. */
    private boolean hasMadeRoom() {
        HttpConnection leaving = oldest(HttpConnection::isDone).or(() -> oldest(HttpConnection::isWaiting))
                .or(() -> oldest(each -> !each.isStream())).orElse(null);
        if (leaving == null) {
            return false;
        }
        leaving.giveWay(MOST_CONNECTIONS);
        connections.remove(leaving);
        return true;
    }

    private Optional<HttpConnection> oldest(Predicate<HttpConnection> kind) {
        return connections.stream().filter(kind).findFirst();
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(ACCEPT_PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
