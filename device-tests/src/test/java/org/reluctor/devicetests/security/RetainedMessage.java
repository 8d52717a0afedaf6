package org.reluctor.devicetests.security;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import org.reluctor.app.configuration.TlsFiles;

/** A message that the broker is told to keep for whoever comes, in plain MQTT 3.1.1: our own clients send none. */
final class RetainedMessage {
    private static final int CONNECT = 0x10;
    private static final int CONNACK_BYTES = 4;
    /** PUBLISH of QoS 0, retain. */
    private static final int PUBLISH_RETAIN = 0x31;
    private static final int DISCONNECT = 0xe0;

    private RetainedMessage() {
    }

    /** Publishes it as the attacker. */
    static void publish(Fortress fortress, String topic, byte[] payload) throws IOException {
        TlsFiles tls = new TlsFiles(Optional.of(fortress.authority.certificate()),
                Optional.of(fortress.authority.certificate().resolveSibling("attacker.pem")),
                Optional.of(fortress.authority.certificate().resolveSibling("broker.key")));
        try (SSLSocket socket = (SSLSocket) tls.socketFactory().createSocket("localhost", fortress.broker.port())) {
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.write(packet(CONNECT, body -> {
                body.writeUTF("MQTT");
                body.write(new byte[] {4, 2, 0, 60});
                body.writeUTF("test-retained");
            }));
            socket.getInputStream().readNBytes(CONNACK_BYTES);
            out.write(packet(PUBLISH_RETAIN, body -> {
                body.write(new byte[] {(byte) (topic.length() >> 8), (byte) topic.length()});
                body.write(topic.getBytes(StandardCharsets.US_ASCII));
                body.write(payload);
            }));
            out.write(packet(DISCONNECT, body -> { }));
        }
    }

    /** Writes what follows a packet's head. */
    @FunctionalInterface
    private interface Body {
        void write(DataOutputStream body) throws IOException;
    }

    private static byte[] packet(int head, Body body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        body.write(new DataOutputStream(bytes));
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.write(head);
        int length = bytes.size();
        for (; length > 127; length >>= 7) {
            packet.write(length & 127 | 128);
        }
        packet.write(length);
        bytes.writeTo(packet);
        return packet.toByteArray();
    }
}
