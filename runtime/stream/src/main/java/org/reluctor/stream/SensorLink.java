package org.reluctor.stream;

import java.time.Duration;
import java.util.Optional;
import org.reluctor.stream.mqtt.Correspondence;
import org.reluctor.stream.mqtt.LinkPlan;
import org.reluctor.stream.mqtt.MqttLink;
import org.reluctor.stream.mqtt.OutboundMessage;
import org.reluctor.stream.pipeline.Doorbell;
import org.reluctor.stream.pipeline.LinkRunner;
import org.reluctor.stream.pipeline.OutboundQueue;

/**
 * A sensor's side of MQTT: publishes frames at QoS 1, a bounded number of them unconfirmed, and repeats in order what a
 * lost connection left unconfirmed. For simulation, demo and tests. Safe for several threads.
 */
public final class SensorLink implements AutoCloseable {
    private final Topics topics;
    private final OutboundQueue queue;
    private final LinkRunner runner;

    private SensorLink(Topics topics, OutboundQueue queue, LinkRunner runner) {
        this.topics = topics;
        this.queue = queue;
        this.runner = runner;
    }

    /** Starts connecting; the bound of unconfirmed frames is the broker options' receive maximum. */
    public static SensorLink open(BrokerOptions broker, Topics topics) {
        Doorbell doorbell = new Doorbell();
        OutboundQueue queue = new OutboundQueue(broker.receiveMaximum(), doorbell);
        MqttLink link = new MqttLink(LinkPlan.publisher(broker), doorbell::ring, queue);
        queue.use(link);
        return new SensorLink(topics, queue, new LinkRunner("reluctor-sensor-link", link, queue, doorbell));
    }

    /** True where the broker is connected within the time; stops waiting when it refuses for good. */
    public boolean awaitConnected(Duration timeout) throws InterruptedException {
        return runner.awaitConnected(timeout);
    }

    /** Why there is no connection now. */
    public Optional<ConnectFailure> lastFailure() {
        return runner.lastFailure();
    }

    /**
     * Publishes a frame of "site/sensor"; waits while too many are unconfirmed.
     *
     * @param frame not copied: must not change afterwards
     */
    public void publish(String sensor, byte[] frame) throws InterruptedException {
        queue.put(OutboundMessage.cbor(topics.frame(sensor), frame));
    }

    /** As {@link #publish(String, byte[])} on any topic; content type null sends none; QoS is 0 or 1. */
    public void publish(String topic, byte[] payload, int qos, String contentType) throws InterruptedException {
        queue.put(new OutboundMessage(topic, payload, qos, false, contentType, false));
    }

    /**
     * Publishes a request at QoS 1, which no broker keeps longer than {@code expiry} for somebody who is away. After a
     * lost connection it may come twice.
     *
     * @param responseTopic where the answer is wanted
     * @param correlation   that the answer is to repeat
     */
    public void request(String topic, byte[] payload, String responseTopic, byte[] correlation, Duration expiry)
            throws InterruptedException {
        int seconds = (int) Math.max(1, expiry.toSeconds());
        queue.put(OutboundMessage.cbor(topic, payload, new Correspondence(responseTopic, correlation, seconds)));
    }

    /** Waits for the confirmation of everything published; false where the time was too short. */
    public boolean flush(Duration timeout) throws InterruptedException {
        return queue.awaitEmpty(timeout.toNanos());
    }

    /** Confirmed by the broker so far. */
    public long confirmed() {
        return queue.confirmed();
    }

    /** Refused by the broker with a reason code of 128 or above so far; not repeated. */
    public long refused() {
        return queue.refused();
    }

    /** Leaves; what is unconfirmed may be lost: {@link #flush} first. */
    @Override
    public void close() {
        runner.close();
    }
}
