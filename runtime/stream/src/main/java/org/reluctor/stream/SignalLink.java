package org.reluctor.stream;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.reluctor.stream.mqtt.LinkPlan;
import org.reluctor.stream.mqtt.MqttLink;
import org.reluctor.stream.pipeline.Doorbell;
import org.reluctor.stream.pipeline.InboundQueue;
import org.reluctor.stream.pipeline.LinkRunner;

/**
 * A subscriber's side of MQTT: hands on what arrives on its topic filters, acknowledges a message only after the
 * listener returned, and connects again when a connection is lost. With a session expiry above 0 in the broker options
 * the session is durable: what arrives while away comes later. For watching, demo and tests.
 */
public final class SignalLink implements AutoCloseable {
    private final LinkRunner runner;

    private SignalLink(LinkRunner runner) {
        this.runner = runner;
    }

    /** Called on one thread at a time, in order of arrival; a repeated delivery is possible and not filtered. */
    @FunctionalInterface
    public interface Listener {
        void arrived(String topic, byte[] payload);
    }

    /** Starts connecting and subscribes at QoS 1 to topic filters, for example {@code topics.signal("+/+")}. */
    public static SignalLink open(BrokerOptions broker, List<String> topicFilters, Listener listener) {
        Doorbell doorbell = new Doorbell();
        InboundQueue queue = new InboundQueue(listener::arrived, doorbell);
        MqttLink link = new MqttLink(LinkPlan.subscriber(broker, topicFilters, queue), doorbell::ring, queue);
        queue.use(link);
        return new SignalLink(new LinkRunner("reluctor-signal-link", link, queue, doorbell));
    }

    /** True where the broker is connected and the filters are subscribed within the time. */
    public boolean awaitConnected(Duration timeout) throws InterruptedException {
        return runner.awaitConnected(timeout);
    }

    /** Why there is no connection now. */
    public Optional<ConnectFailure> lastFailure() {
        return runner.lastFailure();
    }

    @Override
    public void close() {
        runner.close();
    }
}
