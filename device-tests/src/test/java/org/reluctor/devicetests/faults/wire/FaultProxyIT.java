package org.reluctor.devicetests.faults.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reluctor.devicetests.broker.Mosquitto;
import org.reluctor.devicetests.faults.wire.FaultProxy.Stall;

class FaultProxyIT {
    private static final String TOPIC = "reluctor/v1/lab/one/frame";
    private static final int NOT_AUTHORIZED = 0x87;

    @TempDir
    Path folder;

    private final List<String> seen = new ArrayList<>();
    private Mosquitto broker;
    private FaultProxy proxy;

    @BeforeEach
    void start() throws IOException {
        broker = Mosquitto.start(folder);
        proxy = FaultProxy.before(broker::port, () -> (direction, packet, onward) -> {
            synchronized (seen) {
                seen.add(packet.type() + (onward ? "" : " kept"));
            }
        });
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        broker.close();
    }

    @Test
    void proxy_withoutFault_carriesPacketsBothWays() throws Exception {
        try (WireClient client = WireClient.connect(proxy.port(), "one", 0)) {
            client.subscribe(1, TOPIC);
            assertEquals(PacketType.SUBACK, client.read().type());
            client.publish(TOPIC, 2, new byte[] {1, 2, 3});
            MqttPacket first = client.read();
            MqttPacket second = client.read();
            MqttPacket message = first.type() == PacketType.PUBLISH ? first : second;
            MqttPacket answer = message == first ? second : first;
            assertArrayEquals(new byte[] {1, 2, 3}, message.payload());
            assertEquals(TOPIC, message.topic());
            assertEquals(2, answer.packetId());
        }
        assertTrue(seen.containsAll(List.of("CONNECT", "CONNACK", "SUBSCRIBE", "SUBACK", "PUBLISH", "PUBACK")));
    }

    @Test
    void cut_openConnection_endsItAndTakesTheNext() throws Exception {
        try (WireClient client = WireClient.connect(proxy.port(), "one", 0)) {
            proxy.cut();
            assertThrows(IOException.class, client::read);
        }
        WireClient.connect(proxy.port(), "one", 0).close();
    }

    @Test
    void refuse_newConnection_isEnded() throws Exception {
        proxy.refuse(true);
        assertThrows(IOException.class, () -> WireClient.connect(proxy.port(), "one", 0));
        proxy.heal();
        WireClient.connect(proxy.port(), "one", 0).close();
    }

    @Test
    void stall_frozen_holdsPacketsBackUntilItIsOver() throws Exception {
        try (WireClient client = WireClient.connect(proxy.port(), "one", 0)) {
            proxy.stall(Stall.FROZEN);
            client.publish(TOPIC, 7, new byte[1]);
            CompletableFuture<MqttPacket> answer = answer(client);
            assertThrows(TimeoutException.class, () -> answer.get(300, TimeUnit.MILLISECONDS));
            proxy.heal();
            assertEquals(7, answer.get(5, TimeUnit.SECONDS).packetId());
        }
    }

    @Test
    void stall_swallowed_losesPacketsAndCutsTheConnectionWhenItIsOver() throws Exception {
        try (WireClient client = WireClient.connect(proxy.port(), "one", 0)) {
            proxy.stall(Stall.SWALLOWED);
            client.publish(TOPIC, 7, new byte[1]);
            CompletableFuture<MqttPacket> answer = answer(client);
            assertThrows(TimeoutException.class, () -> answer.get(300, TimeUnit.MILLISECONDS));
            assertEquals(1, proxy.connections());
            proxy.heal();
            assertThrows(Exception.class, () -> answer.get(5, TimeUnit.SECONDS));
        }
        assertTrue(seen.contains("PUBLISH kept"));
    }

    @Test
    void delay_ofPackets_keepsThemInOrder() throws Exception {
        try (WireClient client = WireClient.connect(proxy.port(), "one", 0)) {
            proxy.delay(Duration.ofMillis(50));
            long begin = System.nanoTime();
            client.publish(TOPIC, 1, new byte[1]);
            client.publish(TOPIC, 2, new byte[1]);
            assertEquals(1, client.read().packetId());
            assertTrue(System.nanoTime() - begin >= TimeUnit.MILLISECONDS.toNanos(100), "both ways");
            assertEquals(2, client.read().packetId());
        }
    }

    @Test
    void drop_onePuback_leavesTheNextAlone() throws Exception {
        AtomicInteger count = new AtomicInteger(1);
        proxy.apply(PacketRules.drop(Direction.TO_CLIENT, PacketType.PUBACK, count));
        try (WireClient client = WireClient.connect(proxy.port(), "one", 0)) {
            client.publish(TOPIC, 1, new byte[1]);
            client.publish(TOPIC, 2, new byte[1]);
            assertEquals(2, client.read().packetId());
        }
        assertEquals(0, count.get());
    }

    @Test
    void refuse_publications_areAnsweredWithoutTheBroker() throws Exception {
        proxy.apply(PacketRules.refuse(TOPIC::equals, NOT_AUTHORIZED));
        try (WireClient listener = WireClient.connect(broker.port(), "two", 0);
                WireClient client = WireClient.connect(proxy.port(), "one", 0)) {
            listener.subscribe(1, "#");
            listener.read();
            client.publish(TOPIC, 1, new byte[] {1});
            assertEquals(NOT_AUTHORIZED, client.read().reasonCode());
            proxy.heal();
            client.publish(TOPIC, 2, new byte[] {2});
            assertArrayEquals(new byte[] {2}, listener.read().payload());
        }
    }

    @Test
    void limits_inConnack_standForTheBrokers() throws Exception {
        proxy.apply(PacketRules.receiveMaximum(1));
        WireClient.connect(proxy.port(), "one", 0).close();
        proxy.apply(PacketRules.maximumPacketSize(100));
        WireClient.connect(proxy.port(), "one", 0).close();
        MqttPacket plain = MqttPacket.of(0x20, new byte[] {0, 0, 3, 0x21, 0, 20});
        assertArrayEquals(new byte[] {0x20, 6, 0, 0, 3, 0x21, 0, 1}, ConnackProperty.RECEIVE_MAXIMUM.in(plain, 1)
                .bytes());
        assertArrayEquals(new byte[] {0x20, 11, 0, 0, 8, 0x21, 0, 20, 0x27, 0, 0, 0, 100},
                ConnackProperty.MAXIMUM_PACKET_SIZE.in(plain, 100).bytes());
    }

    private static CompletableFuture<MqttPacket> answer(WireClient client) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return client.read();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
