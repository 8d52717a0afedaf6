package org.reluctor.stream.mqtt;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.eclipse.paho.mqttv5.client.internal.NetworkModule;
import org.eclipse.paho.mqttv5.common.MqttException;

/**
 * A connection that the client library opens, keeps alive and closes, and on which messages go past it: see
 * {@link PacketReader} and {@link PacketWriter}.
 */
final class SharedConnection implements NetworkModule {
    private final NetworkModule module;
    private final int maximumPacketBytes;
    private final ConnectionPackets packets;
    private final Greeting greeting = new Greeting();
    private volatile PacketWriter writer;

    SharedConnection(NetworkModule module, int maximumPacketBytes, ConnectionPackets packets) {
        this.module = module;
        this.maximumPacketBytes = maximumPacketBytes;
        this.packets = packets;
    }

    @Override
    public void start() throws IOException, MqttException {
        module.start();
        writer = new PacketWriter(greeting.begunBy(module.getOutputStream(), module.getInputStream()));
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new PacketReader(greeting.holdingBack(module.getInputStream()), maximumPacketBytes, packets);
    }

    @Override
    public OutputStream getOutputStream() {
        return writer;
    }

    /** Null before the connection is open. */
    PacketWriter writer() {
        return writer;
    }

    @Override
    public void stop() throws IOException {
        greeting.giveUp();
        module.stop();
    }

    @Override
    public String getServerURI() {
        return module.getServerURI();
    }
}
