package org.reluctor.devicetests.security;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.reluctor.stream.BrokerOptions;
import org.reluctor.stream.mqtt.LinkPlan;
import org.reluctor.stream.mqtt.MqttLink;
import org.reluctor.stream.mqtt.OutboundMessage;
import org.reluctor.stream.pipeline.Doorbell;
import org.reluctor.stream.pipeline.LinkRunner;
import org.reluctor.stream.pipeline.OutboundQueue;

/** A message that a broker is told to keep for whoever comes. */
final class RetainedMessage {
    private static final long LIMIT_SECONDS = 60;

    private RetainedMessage() {
    }

    /** Publishes it, and waits until the broker has it. */
    static void publish(BrokerOptions client, String topic, byte[] payload) throws IOException, InterruptedException {
        Doorbell doorbell = new Doorbell();
        OutboundQueue queue = new OutboundQueue(1, doorbell);
        MqttLink link = new MqttLink(LinkPlan.publisher(client), doorbell::ring, queue);
        queue.use(link);
        LinkRunner runner = new LinkRunner("retained", link, queue, doorbell);
        queue.put(new OutboundMessage(topic, payload, 1, true, OutboundMessage.CBOR, false));
        boolean taken = queue.awaitEmpty(TimeUnit.SECONDS.toNanos(LIMIT_SECONDS));
        runner.close();
        if (!taken) {
            throw new IOException("the broker did not take " + topic);
        }
    }
}
