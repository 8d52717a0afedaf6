package org.reluctor.stream.mqtt;

import java.io.IOException;
import java.net.URI;
import javax.net.SocketFactory;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.internal.TCPNetworkModule;
import org.eclipse.paho.mqttv5.common.MqttException;

/**
 * The library's plain TCP connection, on which small packets do not wait for each other: a signal and the
 * acknowledgement of its frame would otherwise stand up to 40 ms in the system's buffer (Nagle's algorithm).
 */
final class PlainModule extends TCPNetworkModule {

    PlainModule(URI uri, String clientId, MqttConnectionOptions options) {
        super(SocketFactory.getDefault(), uri.getHost(), uri.getPort(), clientId);
        setConnectTimeout(options.getConnectionTimeout());
    }

    @Override
    public void start() throws IOException, MqttException {
        super.start();
        socket.setTcpNoDelay(true);
    }
}
