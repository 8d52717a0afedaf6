package org.reluctor.stream.mqtt;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/**
 * A peer that speaks as much MQTT 5 as a test of misbehaving brokers needs. It lets everybody in and confirms
 * everything, but for what the test tells it, and writes down every packet. What it sends of its own accord, the test
 * sends through the {@link Peer}.
 */
public final class ScriptedBroker implements AutoCloseable {
    /** Instead of a reason code: no answer. */
    public static final int SILENCE = -1;
    private static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(20);

    /** Properties of every CONNACK, without their length. */
    public volatile byte[] connackProperties = {};
    public volatile boolean sessionPresent;
    /** Of every SUBACK, for its first filter. */
    public volatile int grantedQos = 1;
    /** The reason code that a PUBLISH is answered with, or {@link #SILENCE}. */
    public volatile ToIntFunction<Packet> verdict = packet -> 0;
    /** Packets that get no answer. */
    public volatile Predicate<Packet> unanswered = packet -> false;

    private final ServerSocket server;
    private final List<Peer> peers = new CopyOnWriteArrayList<>();

    public ScriptedBroker() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon("scripted-broker", this::serve);
    }

    public String uri() {
        return "tcp://127.0.0.1:" + server.getLocalPort();
    }

    private void serve() {
        try {
            while (true) {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                Peer peer = new Peer(socket);
                daemon("scripted-broker-peer", peer::serve);
            }
        } catch (IOException e) {
            // Closed.
            return;
        }
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Connections of that client id so far, lost ones among them. */
    public List<Peer> peers(String clientId) {
        return peers.stream().filter(peer -> peer.clientId.equals(clientId)).toList();
    }

    /** Waits for the connection of that number, from 1, of a client, and for its SUBSCRIBE where it is to have one. */
    public Peer await(String clientId, int number, boolean subscribed) {
        long deadline = System.nanoTime() + WAIT_NANOS;
        while (true) {
            List<Peer> found = peers(clientId);
            if (found.size() >= number && (!subscribed || found.get(number - 1).received(8).size() > 0)) {
                return found.get(number - 1);
            }
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError(clientId + " has not come for the time of number " + number + ": " + peers);
            }
            pause();
        }
    }

    /** Before the next look at what is waited for. */
    public static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(5);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        peers.forEach(Peer::cut);
    }

    /** A packet: its first byte and what is behind its length. */
    public record Packet(int head, byte[] body) {
        public int type() {
            return head >>> 4;
        }

        public int qos() {
            return head >> 1 & 3;
        }

        public String topic() {
            return new String(body, 2, number(0), StandardCharsets.UTF_8);
        }

        /** Of a PUBLISH above QoS 0, or of an acknowledgement. */
        public int packetId() {
            return number(type() == 3 ? 2 + number(0) : 0);
        }

        public byte[] payload() {
            int properties = 2 + number(0) + (qos() > 0 ? 2 : 0);
            return Arrays.copyOfRange(body, properties + 1 + body[properties], body.length);
        }

        int number(int at) {
            return (body[at] & 0xff) << 8 | body[at + 1] & 0xff;
        }
    }

    /** One connection. */
    public final class Peer {
        private final Socket socket;
        private final List<Packet> received = new CopyOnWriteArrayList<>();
        private String clientId = "";

        Peer(Socket socket) {
            this.socket = socket;
        }

        public boolean isOpen() {
            return !socket.isClosed();
        }

        /** What came of a type, in order. */
        public List<Packet> received(int type) {
            return received.stream().filter(packet -> packet.type() == type).toList();
        }

        public void cut() {
            try {
                socket.close();
            } catch (IOException e) {
                // It is closed.
                return;
            }
        }

        /** A packet with that body. */
        public void send(int head, byte[] body) throws IOException {
            byte[] packet = new byte[body.length + 5];
            int length = 0;
            packet[length++] = (byte) head;
            int rest = body.length;
            for (; rest > 0x7f; rest >>>= 7) {
                packet[length++] = (byte) (rest & 0x7f | 0x80);
            }
            packet[length++] = (byte) rest;
            System.arraycopy(body, 0, packet, length, body.length);
            synchronized (this) {
                socket.getOutputStream().write(packet, 0, length + body.length);
            }
        }

        /** A PUBLISH without properties; of {@code flags}, 1 is retained, 2 and 4 the QoS, 8 repeated. */
        public void publish(String topic, int flags, int packetId, byte[] payload) throws IOException {
            byte[] name = topic.getBytes(StandardCharsets.UTF_8);
            int idBytes = (flags & 6) == 0 ? 0 : 2;
            byte[] body = new byte[2 + name.length + idBytes + 1 + payload.length];
            body[1] = (byte) name.length;
            System.arraycopy(name, 0, body, 2, name.length);
            if (idBytes > 0) {
                body[2 + name.length] = (byte) (packetId >>> 8);
                body[3 + name.length] = (byte) packetId;
            }
            System.arraycopy(payload, 0, body, body.length - payload.length, payload.length);
            send(0x30 | flags, body);
        }

        private void serve() {
            try (socket) {
                DataInputStream in = new DataInputStream(socket.getInputStream());
                while (true) {
                    Packet packet = read(in);
                    if (packet.type() == 1) {
                        clientId = new String(packet.body, idStart(packet), packet.number(idStart(packet) - 2),
                                StandardCharsets.UTF_8);
                        peers.add(this);
                    }
                    received.add(packet);
                    if (!unanswered.test(packet)) {
                        answer(packet);
                    }
                }
            } catch (IOException e) {
                // The connection is over.
                return;
            }
        }

        // Behind name, version, flags, keep-alive and properties stands the client id, with its length.
        private int idStart(Packet connect) {
            return 10 + 1 + connect.body[10] + 2;
        }

        private Packet read(DataInputStream in) throws IOException {
            int head = in.readUnsignedByte();
            int length = 0;
            int digit = 0x80;
            for (int shift = 0; digit > 0x7f; shift += 7) {
                digit = in.readUnsignedByte();
                length |= (digit & 0x7f) << shift;
            }
            byte[] body = new byte[length];
            in.readFully(body);
            return new Packet(head, body);
        }

        private void answer(Packet packet) throws IOException {
            int reason = packet.type() == 3 && packet.qos() == 1 ? verdict.applyAsInt(packet) : SILENCE;
            if (reason != SILENCE) {
                send(0x40, new byte[] {(byte) (packet.packetId() >>> 8), (byte) packet.packetId(), (byte) reason});
            }
            switch (packet.type()) {
                case 1 -> connack();
                case 8 -> send(0x90, new byte[] {packet.body[0], packet.body[1], 0, (byte) grantedQos});
                case 10 -> send(0xb0, new byte[] {packet.body[0], packet.body[1], 0, 0});
                case 12 -> send(0xd0, new byte[0]);
                default -> { }
            }
        }

        private void connack() throws IOException {
            byte[] properties = connackProperties;
            byte[] body = new byte[3 + properties.length];
            body[0] = (byte) (sessionPresent ? 1 : 0);
            body[2] = (byte) properties.length;
            System.arraycopy(properties, 0, body, 3, properties.length);
            send(0x20, body);
        }

        OutputStream out() throws IOException {
            return socket.getOutputStream();
        }
    }
}
