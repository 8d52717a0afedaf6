package org.reluctor.app.logging;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.reluctor.app.json.JsonText;
import org.tinylog.Level;

/** Renders one log entry as one line. */
enum LineFormat {
    /** {@code 2026-11-21T07:41:08.123Z INFO  message}. */
    PLAIN {
        @Override
        String line(Instant time, Level level, String message) {
            // The time always with three digits, so that columns stand.
            String stamp = time.truncatedTo(ChronoUnit.MILLIS).plusNanos(1).toString();
            return stamp.substring(0, 23) + "Z " + String.format("%-5s ", level) + oneLine(message);
        }
    },
    /** {@code <6>message}, the syslog priority that systemd's journal reads from a service's standard error. */
    JOURNALD {
        @Override
        String line(Instant time, Level level, String message) {
            return "<" + priorityOf(level) + ">" + oneLine(message);
        }
    },
    /** {@code {"time":…,"level":…,"message":…}}. */
    JSON {
        @Override
        String line(Instant time, Level level, String message) {
            return JsonText.of("time", time.toString(), "level", level.toString().toLowerCase(Locale.ROOT),
                    "message", message);
        }
    };

    /** The entry as one line, without its end. */
    abstract String line(Instant time, Level level, String message);

    /** Line ends and control characters of a message, which may quote a sensor's bytes, cannot forge another line. */
    static String oneLine(String message) {
        StringBuilder line = new StringBuilder(message.length());
        for (int i = 0; i < message.length(); i++) {
            char c = message.charAt(i);
            line.append(Character.isISOControl(c) ? (c == '\n' ? '|' : '?') : c);
        }
        return line.toString();
    }

    /** Syslog severities of RFC 5424. */
    static int priorityOf(Level level) {
        return switch (level) {
            case ERROR -> 3;
            case WARN -> 4;
            case INFO -> 6;
            default -> 7;
        };
    }
}
