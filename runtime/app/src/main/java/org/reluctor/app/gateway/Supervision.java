package org.reluctor.app.gateway;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.tinylog.Logger;

/**
 * Keeps the service manager informed while a gateway runs: ready, state in words, and the watchdog, which is fed only
 * while the gateway is lively. One thread of its own; the methods are for one other.
 */
public final class Supervision implements AutoCloseable {
    /** Meals in one term of the watchdog, so that a late one does no harm. */
    private static final int MEALS = 3;
    private static final long WITHOUT_WATCHDOG_MILLIS = 30_000;

    private final ServiceManager manager;
    private final BooleanSupplier lively;
    private final Supplier<String> state;
    private final long pauseMillis;
    private Thread thread;
    private boolean wasLively = true;

    /** Of a running gateway; nothing is said before {@link #ready}. */
    public Supervision(ServiceManager manager, GatewayProcess process) {
        this(manager, process::isLively, () -> process.gateway().state().word());
    }

    Supervision(ServiceManager manager, BooleanSupplier lively, Supplier<String> state) {
        this.manager = manager;
        this.lively = lively;
        this.state = state;
        this.pauseMillis = manager.watchdogMillis() > 0 ? Math.max(1, manager.watchdogMillis() / MEALS)
                : WITHOUT_WATCHDOG_MILLIS;
    }

    /** The service works, or waits for nothing but its broker; from here on the watchdog is fed. */
    public void ready() {
        if (!manager.isPresent()) {
            return;
        }
        manager.tell("READY=1", status());
        if (thread == null) {
            thread = new Thread(this::feed, "reluctor-supervision");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** The service was told to end, and finishes what is under way. */
    public void stopping() {
        manager.tell("STOPPING=1", status());
    }

    private String status() {
        return "STATUS=" + state.get();
    }

    private void feed() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                if (feedOnce()) {
                    manager.tell("WATCHDOG=1", status());
                } else {
                    manager.tell(status());
                }
                Thread.sleep(pauseMillis);
            }
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean feedOnce() {
        boolean now = lively.getAsBoolean();
        if (wasLively && !now) {
            Logger.error("the gateway stands still: the service manager's watchdog is no longer fed");
        }
        wasLively = now;
        return now && manager.watchdogMillis() > 0;
    }

    @Override
    public void close() {
        if (thread != null) {
            thread.interrupt();
        }
    }
}
