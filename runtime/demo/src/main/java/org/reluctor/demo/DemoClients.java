package org.reluctor.demo;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.Failure;
import org.reluctor.stream.BrokerOptions;
import org.reluctor.stream.ConnectFailure;
import org.reluctor.stream.SensorLink;
import org.reluctor.stream.SignalLink;
import org.reluctor.stream.Topics;

/** The two ends of the way as MQTT clients: the sensor's, and the subscriber's that hears signals and refusals. */
final class DemoClients implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(15);
    private static final int SESSION_SECONDS = 60;
    private static final int UNDER_WAY = 256;

    private final SignalLink signals;
    private final SensorLink frames;

    /**
     * Connects both.
     *
     * @param name   tells this demonstration's clients from those of others
     * @param signal takes payloads of signals; must return at once
     * @param error  takes the gateway's answers to frames that it refused
     * @throws Failure if the broker does not take them
     */
    DemoClients(String uri, String name, Topics topics, String sensor, Consumer<byte[]> signal,
            Consumer<String> error) throws InterruptedException {
        signals = SignalLink.open(options(uri, name + "-subscriber"), List.of(topics.signal(sensor),
                topics.error(sensor)), (topic, payload) -> {
                    if (topic.equals(topics.signal(sensor))) {
                        signal.accept(payload);
                    } else {
                        error.accept(new String(payload, StandardCharsets.UTF_8));
                    }
                });
        frames = SensorLink.open(options(uri, name + "-sensor"), topics);
        if (!signals.awaitConnected(CONNECT)) {
            close();
            throw unreachable(uri, signals.lastFailure());
        }
        if (!frames.awaitConnected(CONNECT)) {
            close();
            throw unreachable(uri, frames.lastFailure());
        }
    }

    /** The session outlives a short break of the connection, and not much more. */
    private static BrokerOptions options(String uri, String clientId) {
        return BrokerOptions.at(uri).clientId(clientId).sessionExpirySeconds(SESSION_SECONDS).receiveMaximum(UNDER_WAY)
                .build();
    }

    private static Failure unreachable(String uri, Optional<ConnectFailure> why) {
        return new Failure(ExitStatus.UNAVAILABLE, uri + ": "
                + why.map(ConnectFailure::message).orElse("the broker did not answer in time"));
    }

    /** The sensor's side. */
    SensorLink frames() {
        return frames;
    }

    @Override
    public void close() {
        frames.close();
        signals.close();
    }
}
