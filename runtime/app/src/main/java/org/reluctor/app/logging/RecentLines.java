package org.reluctor.app.logging;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The newest lines of the log, for the page. Of the process, as the log itself is; safe for any thread. */
public final class RecentLines {
    private static final int MOST = 50;
    private static final Deque<Line> LINES = new ArrayDeque<>();

    private static long count;

    private RecentLines() {
    }

    /**
     * One entry.
     *
     * @param level in lower case
     * @param text  without control characters
     */
    public record Line(Instant time, String level, String text) {
    }

    static void add(Line line) {
        synchronized (LINES) {
            count++;
            LINES.addLast(line);
            if (LINES.size() > MOST) {
                LINES.removeFirst();
            }
        }
    }

    /** Lines so far, for those who look whether there is a new one. */
    public static long count() {
        synchronized (LINES) {
            return count;
        }
    }

    /** All that are kept, the oldest first. */
    public static List<Line> all() {
        synchronized (LINES) {
            return List.copyOf(LINES);
        }
    }
}
