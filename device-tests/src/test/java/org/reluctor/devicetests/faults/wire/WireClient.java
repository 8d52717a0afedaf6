package org.reluctor.devicetests.faults.wire;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * One connection of a plain MQTT 5 client: nothing is repeated, kept or acknowledged but by its user. One thread may
 * read while others write.
 */
public final class WireClient implements AutoCloseable {
    private static final int CONNECT_MILLIS = 2000;
    private static final int RECEIVE_MAXIMUM = 1000;
    private static final int REFUSAL = 0x80;
    private static final byte[] CONTENT_TYPE = "application/cbor".getBytes(StandardCharsets.US_ASCII);

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private boolean sessionPresent;
    private int receiveMaximum;

    private WireClient(int port) throws IOException {
        socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(socket.getInputStream());
            out = socket.getOutputStream();
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /**
     * Connects to a broker on the loopback interface, without keep-alive.
     *
     * @param expirySeconds 0 for a new session that ends with the connection; else the session is kept as long, and
     *                      one that is there is taken up
     * @throws IOException where the broker is away or refuses
     */
    public static WireClient connect(int port, String clientId, int expirySeconds) throws IOException {
        WireClient client = new WireClient(port);
        try {
            client.introduce(clientId, expirySeconds);
            return client;
        } catch (IOException e) {
            client.close();
            throw e;
        }
    }

    private void introduce(String clientId, int expirySeconds) throws IOException {
        byte[] properties = new PacketBytes().octet(0x11).doubleWord(expirySeconds).octet(0x21).word(RECEIVE_MAXIMUM)
                .toArray();
        send(MqttPacket.of(0x10, new PacketBytes().text("MQTT").octet(5).octet(expirySeconds == 0 ? 2 : 0).word(0)
                .number(properties.length).raw(properties).text(clientId).toArray()));
        socket.setSoTimeout(CONNECT_MILLIS);
        MqttPacket answer = read();
        if (answer.type() != PacketType.CONNACK || answer.reasonCode() >= REFUSAL) {
            throw new IOException("the broker answers CONNECT by " + answer + ", reason " + answer.reasonCode());
        }
        sessionPresent = answer.sessionPresent();
        receiveMaximum = answer.property(0x21, 0xFFFF);
        socket.setSoTimeout(0);
    }

    /** Whether the broker had kept the session. */
    public boolean sessionPresent() {
        return sessionPresent;
    }

    /** Publications that the broker takes unconfirmed; it ends the connection of a client that sends more. */
    public int receiveMaximum() {
        return receiveMaximum;
    }

    /** Publishes a frame or signal at QoS 1; the answer is read like everything else. */
    public void publish(String topic, int packetId, byte[] payload) throws IOException {
        int properties = 3 + CONTENT_TYPE.length;
        send(MqttPacket.of(0x32, new PacketBytes().text(topic).word(packetId).number(properties).octet(3)
                .word(CONTENT_TYPE.length).raw(CONTENT_TYPE).raw(payload).toArray()));
    }

    /** Subscribes at QoS 1; the answer is read like everything else. */
    public void subscribe(int packetId, String... filters) throws IOException {
        PacketBytes body = new PacketBytes().word(packetId).number(0);
        for (String filter : filters) {
            body.text(filter).octet(1);
        }
        send(MqttPacket.of(0x82, body.toArray()));
    }

    /** Acknowledges a message. */
    public void acknowledge(int packetId) throws IOException {
        send(MqttPacket.of(0x40, new PacketBytes().word(packetId).toArray()));
    }

    private void send(MqttPacket packet) throws IOException {
        synchronized (out) {
            out.write(packet.bytes());
        }
    }

    /** The next packet; waits for it. @throws IOException at the end of the connection or a refused subscription */
    public MqttPacket read() throws IOException {
        MqttPacket packet = MqttPacket.read(in);
        if (packet == null) {
            throw new EOFException("the broker ended the connection");
        }
        if (packet.type() == PacketType.SUBACK && packet.lastReasonCode() >= REFUSAL) {
            throw new IOException("subscription refused, reason " + packet.lastReasonCode());
        }
        return packet;
    }

    /** Ends without a goodbye. */
    @Override
    public void close() throws IOException {
        socket.close();
    }
}
