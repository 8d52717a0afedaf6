package org.reluctor.demo.page;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.reluctor.app.http.HttpAnswer;

/**
 * Distributes server-sent events to all open pages. Publishing never waits: a page that does not keep up is dropped
 * and its browser connects again by itself. Safe for any thread.
 *
 * <p>Format: WHATWG HTML, "Server-sent events".
 */
public final class EventHub {
    private static final int WAITING_EVENTS = 256;
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.UTF_8);

    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
    private final Map<String, byte[]> kept = new LinkedHashMap<>();
    private final int maxListeners;
    private boolean closed;

    /** @param maxListeners pages served at once */
    public EventHub(int maxListeners) {
        this.maxListeners = maxListeners;
    }

    /** Sends an event whose data is one line. */
    public void publish(String event, String line) {
        byte[] bytes = encode(event, line);
        for (Listener listener : listeners) {
            listener.offer(bytes);
        }
    }

    /** Sends an event and repeats its newest instance to every page that opens later. */
    public synchronized void publishAndKeep(String event, String line) {
        kept.put(event, encode(event, line));
        publish(event, line);
    }

    /** Ends all streams once what is waiting has been written. */
    public synchronized void close() {
        closed = true;
        listeners.forEach(Listener::end);
    }

    /** Waits until every stream has ended, at most that long. */
    void awaitEnd(long timeoutMs) throws InterruptedException {
        long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        while (!listeners.isEmpty() && System.nanoTime() < deadlineNs) {
            Thread.sleep(10);
        }
    }

    /** A new stream of events, those kept first; null if too many are open or the hub is closed. */
    synchronized Listener open() {
        if (closed || listeners.size() >= maxListeners) {
            return null;
        }
        Listener listener = new Listener();
        kept.values().forEach(listener::offer);
        listeners.add(listener);
        return listener;
    }

    private static byte[] encode(String event, String line) {
        return ("event: " + event + "\ndata: " + line + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    /** One page's events, taken by the thread that writes to its connection. */
    final class Listener implements HttpAnswer.Events {
        private final Queue<byte[]> waiting = new ArrayBlockingQueue<>(WAITING_EVENTS);
        private volatile boolean ended;
        private long toldNanos = System.nanoTime();

        private void offer(byte[] event) {
            if (!waiting.offer(event)) {
                end();
            }
        }

        private void end() {
            ended = true;
        }

        /** The next event; after a while without one a comment, which finds out whether the page is still there. */
        @Override
        public byte[] poll() {
            long now = System.nanoTime();
            byte[] event = waiting.poll();
            if (event == null && !ended && now - toldNanos >= QUIET_NANOS) {
                event = COMMENT;
            }
            toldNanos = event == null ? toldNanos : now;
            return event;
        }

        /** Whether nothing follows what {@link #poll} still holds. */
        @Override
        public boolean isEnded() {
            return ended;
        }

        @Override
        public void close() {
            listeners.remove(this);
        }
    }
}
