package org.reluctor.devicetests.performance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;

/** Watches a gateway's retained status topic and notes when it says that the gateway is online. */
final class StatusWatch implements AutoCloseable {
    private final MqttAsyncClient client;
    private final String topic;
    private volatile long onlineNanos;

    StatusWatch(String broker, String root) throws MqttException {
        this(broker, root, GatewayConfiguration.INSTANCE);
    }

    StatusWatch(String broker, String root, String instance) throws MqttException {
        this.topic = GatewayConfiguration.statusTopic(root, instance);
        this.client = new MqttAsyncClient(broker, root + "-watch", new MemoryPersistence());
        client.setCallback((Arrivals) (any, message) -> noted(message));
        client.connect().waitForCompletion();
        client.subscribe(topic, 1).waitForCompletion();
    }

    private void noted(MqttMessage message) {
        String text = new String(message.getPayload(), StandardCharsets.UTF_8);
        if (onlineNanos == 0 && text.matches(".*\"state\"\\s*:\\s*\"online\".*")) {
            onlineNanos = System.nanoTime();
        }
    }

    /** Forgets what was, on the broker, too. */
    void reset() throws MqttException {
        client.publish(topic, new byte[0], 1, true).waitForCompletion();
        onlineNanos = 0;
    }

    /** Waits until the subject is online; returns the time since its start, ns. */
    long awaitOnline(SubjectProcess subject) throws IOException, InterruptedException {
        while (onlineNanos == 0) {
            subject.failWhereLate("status online");
            TimeUnit.MILLISECONDS.sleep(1);
        }
        return subject.sinceStartNanos() - (System.nanoTime() - onlineNanos);
    }

    @Override
    public void close() throws MqttException {
        client.disconnect().waitForCompletion();
        client.close();
    }
}
