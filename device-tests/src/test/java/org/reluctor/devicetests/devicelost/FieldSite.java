package org.reluctor.devicetests.devicelost;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.reluctor.devicetests.broker.Mosquitto;
import org.reluctor.devicetests.command.RunningGateway;
import org.reluctor.stream.BrokerOptions;
import org.reluctor.stream.SensorLink;
import org.reluctor.stream.SignalLink;
import org.reluctor.stream.Topics;

/** A broker, a sensor, and a subscriber to signals and status: everything around a gateway. */
public final class FieldSite implements AutoCloseable {
    public static final String SENSOR = RunningGateway.SITE + "/sensor-1";
    private static final Topics TOPICS = new Topics("reluctor");
    private static final Duration WAIT = Duration.ofSeconds(60);
    private static final long BOOT = 1;

    private final Mosquitto broker;
    private final SignalLedger signals = new SignalLedger();
    private final StatusHistory status = new StatusHistory();
    private final NumberedFrames frames = new NumberedFrames(SENSOR, BOOT);
    private final SensorLink sensor;
    private final SignalLink subscriber;
    private final SignalLink watcher;
    private long sent;

    /** Opens everything below that folder. */
    public FieldSite(Path folder) throws IOException, InterruptedException {
        broker = Mosquitto.start(folder.resolve("broker"));
        sensor = SensorLink.open(options("sensor-1"), TOPICS);
        String ofSite = TOPICS.signal(RunningGateway.SITE + "/+");
        subscriber = SignalLink.open(options("subscriber"), List.of(ofSite), signals);
        watcher = SignalLink.open(options("watcher"),
                List.of(TOPICS.status(RunningGateway.SITE, RunningGateway.INSTANCE)), status);
        if (!sensor.awaitConnected(WAIT) || !subscriber.awaitConnected(WAIT) || !watcher.awaitConnected(WAIT)) {
            close();
            throw new IOException("the broker does not answer");
        }
    }

    private BrokerOptions options(String client) {
        return BrokerOptions.at(broker.uri()).clientId(client).reconnectCap(Duration.ofMillis(500)).build();
    }

    public String brokerUri() {
        return broker.uri();
    }

    public NumberedFrames frames() {
        return frames;
    }

    public SensorLink sensor() {
        return sensor;
    }

    public SignalLedger signals() {
        return signals;
    }

    StatusHistory status() {
        return status;
    }

    /** Sends the next so many frames, as fast as they go. */
    public void send(int count) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            sensor.publish(SENSOR, frames.frame(sent++));
        }
    }

    /** Waits until a gateway says on its status topic that it is online: before, nobody would keep its frames. */
    public void awaitOnline() throws InterruptedException {
        until("online", () -> status.last().equals("online"));
    }

    /** Frames sent so far. */
    public long sent() {
        return sent;
    }

    /** Waits until every frame sent has its signal; fails unless all are right, in order. */
    public void awaitAll() throws InterruptedException {
        until("all signals", () -> signals.distinct(SENSOR) >= sent);
        if (signals.disordered() > 0 || !signals.wrong().isEmpty() || signals.distinct(SENSOR) != sent) {
            throw new AssertionError(signals.disordered() + " disordered, wrong: " + signals.wrong());
        }
    }

    /** Waits until the condition holds; fails with the text otherwise. */
    public void until(String what, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + WAIT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within " + WAIT + ": " + what + "; " + signals.distinct(SENSOR) + " of "
                        + sent + " signals, states " + status.states());
            }
            Thread.sleep(5);
        }
    }

    @Override
    public void close() {
        sensor.close();
        subscriber.close();
        watcher.close();
        broker.close();
    }
}
