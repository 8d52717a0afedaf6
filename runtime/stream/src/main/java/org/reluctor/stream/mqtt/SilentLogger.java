package org.reluctor.stream.mqtt;

import java.util.ResourceBundle;
import org.eclipse.paho.mqttv5.client.logging.Logger;

/**
 * The client library's logger, mute: it would write stack traces of every lost link, and set up a java.util.logging
 * logger for every message. What happens to a connection is told through {@link org.reluctor.stream.StreamEvents}
 * instead. Public because the library makes it by name.
 */
public final class SilentLogger implements Logger {
    private static final String NOTHING = "";

    @Override
    public void initialise(ResourceBundle messageCatalog, String loggerID, String resourceName) {
        // Mute.
    }

    @Override
    public void setResourceName(String logContext) {
        // Mute.
    }

    @Override
    public boolean isLoggable(int level) {
        return false;
    }

    @Override
    public void severe(String sourceClass, String sourceMethod, String msg) {
        // Mute.
    }

    @Override
    public void severe(String sourceClass, String sourceMethod, String msg, Object[] inserts) {
        // Mute.
    }

    @Override
    public void severe(String sourceClass, String sourceMethod, String msg, Object[] inserts, Throwable thrown) {
        // Mute.
    }

    @Override
    public void warning(String sourceClass, String sourceMethod, String msg) {
        // Mute.
    }

    @Override
    public void warning(String sourceClass, String sourceMethod, String msg, Object[] inserts) {
        // Mute.
    }

    @Override
    public void warning(String sourceClass, String sourceMethod, String msg, Object[] inserts, Throwable thrown) {
        // Mute.
    }

    @Override
    public void info(String sourceClass, String sourceMethod, String msg) {
        // Mute.
    }

    @Override
    public void info(String sourceClass, String sourceMethod, String msg, Object[] inserts) {
        // Mute.
    }

    @Override
    public void info(String sourceClass, String sourceMethod, String msg, Object[] inserts, Throwable thrown) {
        // Mute.
    }

    @Override
    public void config(String sourceClass, String sourceMethod, String msg) {
        // Mute.
    }

    @Override
    public void config(String sourceClass, String sourceMethod, String msg, Object[] inserts) {
        // Mute.
    }

    @Override
    public void config(String sourceClass, String sourceMethod, String msg, Object[] inserts, Throwable thrown) {
        // Mute.
    }

    @Override
    public void fine(String sourceClass, String sourceMethod, String msg) {
        // Mute.
    }

    @Override
    public void fine(String sourceClass, String sourceMethod, String msg, Object[] inserts) {
        // Mute.
    }

    @Override
    public void fine(String sourceClass, String sourceMethod, String msg, Object[] inserts, Throwable ex) {
        // Mute.
    }

    @Override
    public void finer(String sourceClass, String sourceMethod, String msg) {
        // Mute.
    }

    @Override
    public void finer(String sourceClass, String sourceMethod, String msg, Object[] inserts) {
        // Mute.
    }

    @Override
    public void finer(String sourceClass, String sourceMethod, String msg, Object[] inserts, Throwable ex) {
        // Mute.
    }

    @Override
    public void finest(String sourceClass, String sourceMethod, String msg) {
        // Mute.
    }

    @Override
    public void finest(String sourceClass, String sourceMethod, String msg, Object[] inserts) {
        // Mute.
    }

    @Override
    public void finest(String sourceClass, String sourceMethod, String msg, Object[] inserts, Throwable ex) {
        // Mute.
    }

    @Override
    public void log(int level, String sourceClass, String sourceMethod, String msg, Object[] inserts,
            Throwable thrown) {
        // Mute.
    }

    @Override
    public void trace(int level, String sourceClass, String sourceMethod, String msg, Object[] inserts,
            Throwable ex) {
        // Mute.
    }

    @Override
    public String formatMessage(String msg, Object[] inserts) {
        return NOTHING;
    }

    @Override
    public void dumpTrace() {
        // Mute.
    }
}
