package org.reluctor.devicetests.performance;

import java.util.Arrays;
import java.util.concurrent.Semaphore;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/**
 * The least that could stand in the gateway's place, as a yardstick for it: two clients, and a frame acknowledged only
 * after the PUBACK of what was published for it. It decodes nothing and computes nothing; what it publishes is the
 * frame, lengthened by zeros to a signal's size, so that broker and subscriber have the same bytes to move either way.
 *
 * <p>It keeps no ledger, does not connect again and hears no refusal: what the gateway adds is part of its price.
 */
public final class Relay {
    /** As the gateway's default. */
    static final int RECEIVE_MAXIMUM = 64;
    /** What it prints once it relays. */
    static final String READY = "relaying";

    private final MqttAsyncClient in;
    private final MqttAsyncClient out;
    private final int signalBytes;
    private Semaphore window;

    private Relay(String broker, String root, int signalBytes) throws MqttException {
        this.in = new MqttAsyncClient(broker, root + "-relay", new MemoryPersistence());
        this.out = new MqttAsyncClient(broker, root + "-relay-out", new MemoryPersistence());
        this.signalBytes = signalBytes;
    }

    /** @param args broker's uri, root of the topics, size of a signal in bytes */
    public static void main(String[] args) throws MqttException {
        new Relay(args[0], args[1], Integer.parseInt(args[2])).start(args[1]);
        System.out.println(READY);
    }

    private void start(String root) throws MqttException {
        IMqttToken connected = out.connect(options(true));
        connected.waitForCompletion();
        Integer granted = connected.getResponseProperties().getReceiveMaximum();
        window = new Semaphore(granted == null ? RECEIVE_MAXIMUM : Math.min(RECEIVE_MAXIMUM, granted));
        in.setManualAcks(true);
        in.setCallback((Arrivals) this::forward);
        in.connect(options(false)).waitForCompletion();
        in.subscribe(root + "/v1/+/+/frame", 1).waitForCompletion();
    }

    private static MqttConnectionOptions options(boolean clean) {
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setCleanStart(clean);
        options.setSessionExpiryInterval(clean ? 0L : 86_400L);
        options.setReceiveMaximum(RECEIVE_MAXIMUM);
        options.setAutomaticReconnect(false);
        return options;
    }

    private void forward(String topic, MqttMessage frame) throws MqttException, InterruptedException {
        MqttProperties properties = new MqttProperties();
        properties.setContentType("application/cbor");
        byte[] payload = Arrays.copyOf(frame.getPayload(), signalBytes);
        String signalTopic = topic.substring(0, topic.lastIndexOf('/')) + "/signal";
        window.acquire();
        out.publish(signalTopic, new MqttMessage(payload, 1, false, properties), null, new Confirmation(frame.getId()));
    }

    private final class Confirmation implements MqttActionListener {
        private final int frame;

        Confirmation(int frame) {
            this.frame = frame;
        }

        @Override
        public void onSuccess(IMqttToken token) {
            window.release();
            try {
                in.messageArrivedComplete(frame, 1);
            } catch (MqttException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void onFailure(IMqttToken token, Throwable cause) {
            throw new IllegalStateException("not relayed", cause);
        }
    }
}
