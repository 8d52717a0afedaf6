package org.reluctor.app.logging;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.tinylog.Level;
import org.tinylog.core.LogEntry;
import org.tinylog.core.LogEntryValue;
import org.tinylog.writers.Writer;

/**
 * tinylog's writer of {@link LineFormat} lines to standard error, found as {@value #NAME}. An exception adds
 * its message to the line; its trace follows only where debug lines are written.
 *
 * <p>Lines go through a bounded queue to a thread of their own, so that a reader of standard error that stands still
 * never stops a thread of the stream; what does not fit is counted and told later. Thread-safe.
 */
public final class StandardErrorWriter implements Writer {
    /** As tinylog's configuration calls this class. */
    static final String NAME = "standard error";

    private static final int MOST_WAITING = 4096;
    private static final BlockingQueue<String> WAITING = new ArrayBlockingQueue<>(MOST_WAITING);
    private static final AtomicLong LEFT_OUT = new AtomicLong();
    /** Lines taken in and not yet written. */
    private static final AtomicLong UNWRITTEN = new AtomicLong();

    static {
        Thread thread = new Thread(StandardErrorWriter::writeForEver, "reluctor-log");
        thread.setDaemon(true);
        thread.start();
    }

    private static volatile Level least = Level.INFO;

    private final LineFormat format;

    /** @param properties {@code format}: a name of {@link LineFormat} */
    public StandardErrorWriter(Map<String, String> properties) {
        format = LineFormat.valueOf(properties.getOrDefault("format", "plain").toUpperCase(Locale.ROOT));
    }

    @Override
    public Collection<LogEntryValue> getRequiredLogEntryValues() {
        return EnumSet.of(LogEntryValue.DATE, LogEntryValue.LEVEL, LogEntryValue.MESSAGE, LogEntryValue.EXCEPTION);
    }

    @Override
    public void write(LogEntry entry) {
        Level level = least;
        if (entry.getLevel().compareTo(level) < 0) {
            return;
        }
        boolean traces = level.compareTo(Level.DEBUG) <= 0;
        Instant time = entry.getTimestamp() == null ? Instant.now() : entry.getTimestamp().toInstant();
        String message = messageOf(entry);
        enqueue(format.line(time, entry.getLevel(), message));
        RecentLines.add(new RecentLines.Line(time, entry.getLevel().toString().toLowerCase(Locale.ROOT),
                LineFormat.oneLine(message)));
        if (traces && entry.getException() != null) {
            StringWriter trace = new StringWriter();
            entry.getException().printStackTrace(new PrintWriter(trace));
            trace.toString().lines().forEach(StandardErrorWriter::enqueue);
        }
    }

    /** Sets the least severity that is written. */
    static void setLeast(Level level) {
        least = level;
    }

    /** Waits until every line taken in is written, or the time is over. */
    static void awaitWritten(Duration most) {
        long end = System.nanoTime() + most.toNanos();
        while (UNWRITTEN.get() > 0 && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static void enqueue(String line) {
        UNWRITTEN.incrementAndGet();
        if (!WAITING.offer(line)) {
            UNWRITTEN.decrementAndGet();
            LEFT_OUT.incrementAndGet();
        }
    }

    private static void writeForEver() {
        try {
            while (true) {
                System.err.println(WAITING.take());
                UNWRITTEN.decrementAndGet();
                long leftOut = LEFT_OUT.getAndSet(0);
                if (leftOut > 0) {
                    System.err.println(leftOut + " log lines were left out: standard error was read too slowly");
                }
            }
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void flush() {
        // Every line is flushed as it is written.
    }

    @Override
    public void close() {
        awaitWritten(Duration.ofSeconds(1));
    }

    private static String messageOf(LogEntry entry) {
        String message = entry.getMessage() == null ? "" : entry.getMessage();
        if (entry.getException() == null) {
            return message;
        }
        Throwable exception = entry.getException();
        String why = exception.getMessage() == null ? exception.getClass().getSimpleName() : exception.getMessage();
        return message.isEmpty() ? why : message + ": " + why;
    }
}
