package org.reluctor.app.logging;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.logging.LogManager;
import org.reluctor.app.configuration.Configuration;
import org.tinylog.Level;
import org.tinylog.jul.JulTinylogBridge;

/** Sets the process's logging up, once, before its first line. */
public final class Logging {
    private static volatile boolean structured;

    private Logging() {
    }

    /**
     * Directs tinylog to {@link StandardErrorWriter}, and java.util.logging, which the MQTT client uses, to tinylog.
     * What that client says below debug level are its own internals; what matters of them arrives as stream events.
     */
    public static void start(Configuration.Log log) {
        setLevel(log.level());
        boolean debug = log.level().compareTo(Configuration.Level.DEBUG) >= 0;
        if (org.tinylog.configuration.Configuration.isFrozen()) {
            // A second gateway in one process, as in tests, goes on with the first one's logging.
            return;
        }
        org.tinylog.configuration.Configuration.replace(Map.of(
                "writer", StandardErrorWriter.NAME,
                "writer.format", log.format().name().toLowerCase(Locale.ROOT),
                // The writer leaves out what is below the level: it can be changed while the process runs.
                "level", "trace"));
        structured = log.format() != Configuration.Format.PLAIN;
        LogManager.getLogManager().reset();
        if (debug) {
            JulTinylogBridge.activate();
        }
    }

    /** Sets the least severity that is written, and with debug or below the traces of exceptions. Any thread. */
    public static void setLevel(Configuration.Level level) {
        StandardErrorWriter.setLeast(Level.valueOf(level.name()));
    }

    /** Whether a journal or a program reads standard error, so that a mere text does not fit between the lines. */
    public static boolean isStructured() {
        return structured;
    }

    /** Waits until what was logged is written, or a second has passed. */
    public static void flush() {
        StandardErrorWriter.awaitWritten(Duration.ofSeconds(1));
    }
}
