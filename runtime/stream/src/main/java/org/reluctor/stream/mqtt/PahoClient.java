package org.reluctor.stream.mqtt;

import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttClientInterface;
import org.eclipse.paho.mqttv5.client.MqttToken;
import org.eclipse.paho.mqttv5.client.logging.LoggerFactory;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.MqttPubAck;

/**
 * The library's client with a lighter way to acknowledge: its own makes, and logs, a token that nobody ever looks at.
 */
final class PahoClient extends MqttAsyncClient {
    static {
        LoggerFactory.setLogger(SilentLogger.class.getName());
    }

    private final UnheededToken unheeded;

    PahoClient(String uri, String clientId) throws MqttException {
        super(uri, clientId, new MemoryPersistence());
        unheeded = new UnheededToken(clientId);
    }

    /** Queues the PUBACK of a QoS 1 message. Any thread. */
    void acknowledge(int packetId) throws MqttException {
        comms.sendNoWait(new PlainPubAck(packetId), unheeded);
    }

    /** Says that it is free each time that it is asked, so that one token serves all acknowledgements. */
    private static final class UnheededToken extends MqttToken {
        UnheededToken(String clientId) {
            super(clientId);
        }

        @Override
        public MqttClientInterface getClient() {
            return null;
        }
    }

    /** A PUBACK of success: four bytes (MQTT 5.0, section 3.4). */
    private static final class PlainPubAck extends MqttPubAck {
        private static final byte[] NO_PAYLOAD = {};
        private final int packetId;

        PlainPubAck(int packetId) throws MqttException {
            super(ReasonCode.SUCCESS, packetId, new MqttProperties());
            this.packetId = packetId;
        }

        @Override
        public byte[] getHeader() {
            return new byte[] {0x40, 2, (byte) (packetId >>> 8), (byte) packetId};
        }

        @Override
        public byte[] getPayload() {
            return NO_PAYLOAD;
        }
    }
}
