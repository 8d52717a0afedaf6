package org.reluctor.stream.mqtt;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.internal.TCPNetworkModule;
import org.junit.jupiter.api.Test;

class PlainModuleTest {
    @Test
    void start_socket_sendsSmallPacketsAtOnce() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            PlainModule module = new PlainModule(URI.create("tcp://127.0.0.1:" + server.getLocalPort()), "test",
                    new MqttConnectionOptions());
            module.start();
            try {
                // The library keeps it to itself.
                Field field = TCPNetworkModule.class.getDeclaredField("socket");
                field.setAccessible(true);
                assertTrue(((Socket) field.get(module)).getTcpNoDelay());
            } finally {
                module.stop();
            }
        }
    }
}
