package org.reluctor.stream.mqtt;

import java.io.IOException;
import java.net.URI;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.internal.SSLNetworkModule;
import org.eclipse.paho.mqttv5.common.MqttException;

/**
 * The library's TLS connection, but for its end. The library shuts the socket's input down before it closes it, which
 * TLS sockets refuse by an exception since Java 11: the socket would stay open, and a write that is stuck in it, stuck.
 */
final class EncryptedModule extends SSLNetworkModule {
    /** For the broker to take a TLS goodbye, and for a write under way to end by itself. */
    private static final int LINGER_SECONDS = 1;

    EncryptedModule(SSLSocketFactory factory, URI uri, String clientId, MqttConnectionOptions options) {
        super(factory, uri.getHost(), uri.getPort(), clientId);
        setSSLhandshakeTimeout(options.getConnectionTimeout());
        setSSLHostnameVerifier(options.getSSLHostnameVerifier());
        setHttpsHostnameVerificationEnabled(options.isHttpsHostnameVerificationEnabled());
    }

    @Override
    public void start() throws IOException, MqttException {
        super.start();
        // As for PlainModule.
        socket.setTcpNoDelay(true);
    }

    @Override
    public void stop() throws IOException {
        if (socket == null || socket.isClosed()) {
            return;
        }
        try {
            // Without it, closing waits for the lock of a write that is stuck.
            socket.setSoLinger(true, LINGER_SECONDS);
        } finally {
            socket.close();
        }
    }
}
