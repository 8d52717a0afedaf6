package org.reluctor.stream;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.reluctor.stream.command.CommandStats;
import org.reluctor.stream.pipeline.GatewayRuntime;

/**
 * Frames in over MQTT, recovered, signals out over MQTT, each frame acknowledged only after the confirmation of its
 * signal. {@link #open} starts the threads and returns at once; connecting is tried until {@link #close}. Safe for
 * several threads.
 */
public final class Gateway implements AutoCloseable {
    private final GatewayRuntime runtime;

    private Gateway(GatewayRuntime runtime) {
        this.runtime = runtime;
    }

    /**
     * @param routes the first that matches a sensor and the Φ of its frame takes it
     * @param events told what happens
     * @throws IllegalArgumentException where there is no route
     */
    public static Gateway open(GatewayOptions options, List<Route> routes, StreamEvents events) {
        Objects.requireNonNull(options, "options");
        Objects.requireNonNull(events, "events");
        if (routes.isEmpty()) {
            throw new IllegalArgumentException(
                    "routes: none is given; at least one sensor filter with its network is right");
        }
        GatewayRuntime runtime = new GatewayRuntime(options, List.copyOf(routes), events);
        runtime.start();
        return new Gateway(runtime);
    }

    public GatewayState state() {
        return runtime.state();
    }

    public GatewayStats stats() {
        return runtime.stats();
    }

    /**
     * How long the slowest of its threads, those of both links and of the pipeline, has been in one round of its work;
     * the time with the device, which {@link GatewayStats#deviceMillis} tells, left aside. A fraction of a second where
     * all is well: whoever watches the gateway takes seconds for a fault.
     */
    public long roundMillis() {
        return runtime.roundMillis();
    }

    /** Commands; all zero where none are taken. */
    public CommandStats commandStats() {
        return runtime.commandStats();
    }

    /**
     * Waits until the gateway is first {@link GatewayState#ONLINE}, or {@link GatewayState#STANDBY}, or until a broker
     * refuses it for good.
     *
     * @return true where it is well; else {@link #lastFailure} may say why not
     */
    public boolean awaitOnline(Duration timeout) throws InterruptedException {
        return runtime.awaitOnline(timeout);
    }

    /** The last failure to connect or subscribe of a side that is not connected now. */
    public Optional<ConnectFailure> lastFailure() {
        return runtime.lastFailure();
    }

    /**
     * Takes no new frame, finishes those under way, says {@code draining} and then {@code offline}, disconnects and
     * closes.
     *
     * @return true where everything under way was delivered and acknowledged in time; the rest comes again at the next
     *         start
     */
    public boolean drain(Duration timeout) throws InterruptedException {
        return runtime.drain(timeout);
    }

    /** Leaves at once; frames under way stay unacknowledged and come again at the next start. Idempotent. */
    @Override
    public void close() {
        runtime.close();
    }
}
