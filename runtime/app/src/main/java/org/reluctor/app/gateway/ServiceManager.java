package org.reluctor.app.gateway;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.tinylog.Logger;

/**
 * Tells systemd how the service is (sd_notify(3)), where it was started with {@code Type=notify}; elsewhere does
 * nothing. Through the program systemd-notify, because Java has no datagrams to Unix sockets; the unit's
 * {@code NotifyAccess=all} lets it speak for us. Thread-safe.
 */
public final class ServiceManager {
    private static final String SOCKET = "NOTIFY_SOCKET";
    private static final String WATCHDOG_MICROS = "WATCHDOG_USEC";
    private static final int MOST_SECONDS = 5;

    private final String program;
    private final boolean present;
    private final long watchdogMillis;
    private final AtomicBoolean complained = new AtomicBoolean();

    private ServiceManager(String program, boolean present, long watchdogMillis) {
        this.program = program;
        this.present = present;
        this.watchdogMillis = watchdogMillis;
    }

    /** As the environment says. */
    public static ServiceManager of(Map<String, String> environment) {
        return of(environment, "systemd-notify");
    }

    static ServiceManager of(Map<String, String> environment, String program) {
        boolean present = !environment.getOrDefault(SOCKET, "").isEmpty();
        String micros = environment.getOrDefault(WATCHDOG_MICROS, "");
        boolean watched = present && micros.matches("[0-9]{1,18}");
        return new ServiceManager(program, present, watched ? Math.max(1, Long.parseLong(micros) / 1000) : 0);
    }

    /** Whether anybody listens. */
    public boolean isPresent() {
        return present;
    }

    /** After so long without {@code WATCHDOG=1} the service is killed and started anew; 0: no watchdog. */
    public long watchdogMillis() {
        return watchdogMillis;
    }

    /** Sends assignments such as {@code READY=1}; a failure is logged once. */
    public void tell(String... assignments) {
        if (!present) {
            return;
        }
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(List.of(assignments));
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                complain(program + " does not end");
            } else if (process.exitValue() != 0) {
                complain(program + " ended with status " + process.exitValue());
            }
        } catch (IOException exception) {
            complain(program + " cannot be started: " + exception.getMessage());
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
        }
    }

    private void complain(String why) {
        if (complained.compareAndSet(false, true)) {
            Logger.warn("the service manager cannot be told how it is: {}; without that it ends this service after a"
                    + " while", why);
        }
    }
}
