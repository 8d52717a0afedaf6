package org.reluctor.stream.pipeline;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.reluctor.stream.ConnectFailure;
import org.reluctor.stream.StreamEvents;
import org.reluctor.stream.mqtt.MqttLink;

/** One link with the thread that does its work. Safe for several threads. */
public final class LinkRunner {
    private static final long STOP_PATIENCE_MILLIS = 3000;
    private static final long POLL_MILLIS = 2;

    private final MqttLink link;
    private final PumpThread thread;

    /** Starts the thread of a tool that is no gateway. */
    public LinkRunner(String name, MqttLink link, Pump pump, Doorbell doorbell) {
        this(name, link, pump, doorbell, StreamEvents.NONE);
    }

    /**
     * Starts the thread.
     *
     * @param events told of {@link StreamEvents#internalError} alone
     */
    public LinkRunner(String name, MqttLink link, Pump pump, Doorbell doorbell, StreamEvents events) {
        this.link = link;
        this.thread = new PumpThread(name, pump, doorbell, events);
        thread.start();
    }

    /** True where a session is up within the time; false at once where the broker refuses for good. */
    public boolean awaitConnected(Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (link.session() == null) {
            boolean refused = lastFailure().filter(ConnectFailure::permanent).isPresent();
            if (refused || System.nanoTime() - deadline >= 0) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        return true;
    }

    /** Why there is no session now. */
    public Optional<ConnectFailure> lastFailure() {
        return Optional.ofNullable(link.session() == null ? link.lastFailure() : null);
    }

    /** Stops the thread and says goodbye to the broker. */
    public void close() {
        thread.stop(STOP_PATIENCE_MILLIS);
        link.close(true);
    }
}
