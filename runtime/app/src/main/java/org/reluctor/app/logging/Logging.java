package org.reluctor.app.logging;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.logging.LogManager;
import org.reluctor.app.configuration.Configuration;
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
        String level = log.level().name().toLowerCase(Locale.ROOT);
        boolean debug = log.level().compareTo(Configuration.Level.DEBUG) >= 0;
        if (org.tinylog.configuration.Configuration.isFrozen()) {
            // A second gateway in one process, as in tests, goes on with the first one's logging.
            return;
        }
        org.tinylog.configuration.Configuration.replace(Map.of(
                "writer", StandardErrorWriter.NAME,
                "writer.format", log.format().name().toLowerCase(Locale.ROOT),
                "writer.traces", String.valueOf(debug),
                "level", level));
        structured = log.format() != Configuration.Format.PLAIN;
        LogManager.getLogManager().reset();
        if (debug) {
            JulTinylogBridge.activate();
        }
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
