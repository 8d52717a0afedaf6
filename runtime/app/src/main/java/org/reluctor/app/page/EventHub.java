package org.reluctor.app.page;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.reluctor.app.http.HttpAnswer;
import org.reluctor.app.http.HttpRequest;

/**
 * Distributes server-sent events to all open pages. Publishing never waits: what a page has no room for is left out,
 * counted, and told to it when it reads again. Safe for any thread.
 *
 * <p>Format: WHATWG HTML, "Server-sent events". A page asks for what not everybody wants by {@code ?choose=A,B}.
 */
public final class EventHub {
    private static final int MOST_WAITING_BYTES = 256 << 10;
    /** As many events as fit go out in one write. */
    private static final int WRITE_BYTES = 16 << 10;
    private static final int MOST_CHOSEN = 8;
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.UTF_8);
    private static final String CHOOSE = "choose=";

    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
    private final Map<String, byte[]> kept = new LinkedHashMap<>();
    private final LongAdder leftOut = new LongAdder();
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

    /** Sends an event to the pages that chose this subject. */
    public void publishAbout(String subject, String event, String line) {
        byte[] bytes = encode(event, line);
        for (Listener listener : listeners) {
            if (listener.chosen.contains(subject)) {
                listener.offer(bytes);
            }
        }
    }

    /** Sends an event and repeats its newest instance to every page that opens later. */
    public synchronized void publishAndKeep(String event, String line) {
        kept.put(event, encode(event, line));
        publish(event, line);
    }

    /** Pages that are open. */
    public int listeners() {
        return listeners.size();
    }

    /** What the open pages chose, all together; at most eight for each. */
    public Set<String> chosen() {
        return listeners.stream().flatMap(each -> each.chosen.stream()).collect(Collectors.toSet());
    }

    /** Events that pages were too slow for, over all pages so far. */
    public long leftOut() {
        return leftOut.sum();
    }

    /** Answers a request with a stream of events, those kept first; with 503 if too many are open, or at the end. */
    public HttpAnswer answer(HttpRequest request) {
        if (request.isHead()) {
            return HttpAnswer.of(200, "text/event-stream", new byte[0]);
        }
        Listener opened = open(chosen(request.query()));
        return opened != null ? HttpAnswer.stream(opened)
                : HttpAnswer.text(503, "too many pages are open, or this is the end").with("Retry-After", "5");
    }

    private static Set<String> chosen(String query) {
        return query.startsWith(CHOOSE) ? Arrays.stream(query.substring(CHOOSE.length()).split(","))
                .limit(MOST_CHOSEN).collect(Collectors.toSet()) : Set.of();
    }

    /** Ends all streams once what is waiting has been written. */
    public synchronized void close() {
        closed = true;
        listeners.forEach(Listener::end);
    }

    /** Waits until every stream has ended, at most that long. */
    public void awaitEnd(long timeoutMs) throws InterruptedException {
        long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        while (!listeners.isEmpty() && System.nanoTime() < deadlineNs) {
            Thread.sleep(10);
        }
    }

    /** A new stream of events; null if too many are open or the hub is closed. */
    synchronized Listener open(Set<String> chosen) {
        if (closed || listeners.size() >= maxListeners) {
            return null;
        }
        Listener listener = new Listener(new HashSet<>(chosen));
        kept.values().forEach(listener::offer);
        listeners.add(listener);
        return listener;
    }

    private static byte[] encode(String event, String line) {
        return ("event: " + event + "\ndata: " + line + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    /** One page's events, taken by the thread that writes to its connection. */
    final class Listener implements HttpAnswer.Events {
        private final Set<String> chosen;
        private final Queue<byte[]> waiting = new ArrayDeque<>();
        private int waitingBytes;
        private int untold;
        private volatile boolean ended;
        private long toldNanos = System.nanoTime();

        private Listener(Set<String> chosen) {
            this.chosen = chosen;
        }

        private synchronized void offer(byte[] event) {
            if (waitingBytes + event.length > MOST_WAITING_BYTES) {
                untold++;
                leftOut.increment();
                return;
            }
            waiting.add(event);
            waitingBytes += event.length;
        }

        private void end() {
            ended = true;
        }

        /** The next events; after a while without any a comment, which finds out whether the page is still there. */
        @Override
        public byte[] poll() {
            long now = System.nanoTime();
            byte[] events = next();
            if (events == null && !ended && now - toldNanos >= QUIET_NANOS) {
                events = COMMENT;
            }
            toldNanos = events == null ? toldNanos : now;
            return events;
        }

        private synchronized byte[] next() {
            byte[] first = waiting.poll();
            if (first == null) {
                return null;
            }
            ByteArrayOutputStream events = new ByteArrayOutputStream(first.length);
            for (byte[] event = first; event != null; event = takeIfFits(events.size())) {
                events.writeBytes(event);
            }
            waitingBytes -= events.size();
            if (untold > 0 && waiting.isEmpty()) {
                events.writeBytes(encode("leftOut", "{\"events\":" + untold + "}"));
                untold = 0;
            }
            return events.toByteArray();
        }

        private byte[] takeIfFits(int before) {
            byte[] next = waiting.peek();
            return next != null && before + next.length <= WRITE_BYTES ? waiting.poll() : null;
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
