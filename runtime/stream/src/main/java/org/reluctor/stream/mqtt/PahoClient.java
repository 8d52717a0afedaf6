package org.reluctor.stream.mqtt;

import java.io.IOException;
import java.net.URI;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.internal.MqttState;
import org.eclipse.paho.mqttv5.client.internal.NetworkModule;
import org.eclipse.paho.mqttv5.client.logging.LoggerFactory;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;

/**
 * The library's client, of which connecting, subscribing, keeping alive and leaving are used. Messages and their
 * acknowledgements go past it on the same connection: of each it would make three to five kilobytes of garbage and hand
 * it on by two threads of its own, and a gateway has four of them to a frame.
 */
final class PahoClient extends MqttAsyncClient {
    static {
        LoggerFactory.setLogger(SilentLogger.class.getName());
    }

    private final int maximumPacketBytes;
    private final ConnectionPackets packets;
    private volatile SharedConnection connection;

    /** @param packets hears of what arrives */
    PahoClient(String uri, String clientId, int maximumPacketBytes, ConnectionPackets packets) throws MqttException {
        super(uri, clientId, new MemoryPersistence(), new SteadyPingSender(), new PahoThreads());
        this.maximumPacketBytes = maximumPacketBytes;
        this.packets = packets;
    }

    @Override
    protected NetworkModule[] createNetworkModules(String address, MqttConnectionOptions options) throws MqttException {
        // One uri was given: there is one module.
        URI uri = URI.create(address);
        NetworkModule module = options.getSocketFactory() instanceof SSLSocketFactory encrypted
                ? new EncryptedModule(encrypted, uri, getClientId(), options)
                : new PlainModule(uri, getClientId(), options);
        connection = new SharedConnection(module, maximumPacketBytes, packets);
        return new NetworkModule[] {connection};
    }

    /** Has the library's keep-alive count what it does not read itself: an answer to a ping may be far behind that. */
    void heard(int byteCount) {
        MqttState state = comms.getClientState();
        if (state != null) {
            state.notifyReceivedBytes(byteCount);
        }
    }

    /** Sends a PUBLISH; only once connected. Any thread. */
    void publish(OutboundMessage message, int packetId) throws IOException {
        connection.writer().publish(message, packetId);
    }

    /** Sends the PUBACK of a QoS 1 message that arrived. Any thread. */
    void acknowledge(int packetId) throws IOException {
        connection.writer().acknowledge(packetId);
    }

    /** Sends the PUBREC of a QoS 2 message that arrived. Any thread. */
    void receive(int packetId) throws IOException {
        connection.writer().receive(packetId);
    }
}
