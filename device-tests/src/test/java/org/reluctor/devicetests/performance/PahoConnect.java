package org.reluctor.devicetests.performance;

import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;

/** The least that a Java program on MQTT does at its start: connects, says so, and leaves. */
public final class PahoConnect {
    static final String READY = "connected";

    private PahoConnect() {
    }

    /** @param args the broker's uri */
    public static void main(String[] args) throws MqttException {
        MqttAsyncClient client = new MqttAsyncClient(args[0], "bench-connect", new MemoryPersistence());
        client.connect(new MqttConnectionOptions()).waitForCompletion();
        System.out.println(READY);
        System.out.flush();
        Runtime.getRuntime().halt(0);
    }
}
