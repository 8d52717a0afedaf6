package org.reluctor.stream.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reluctor.stream.BrokerOptions;
import org.reluctor.stream.mqtt.ScriptedBroker.Packet;
import org.reluctor.stream.mqtt.ScriptedBroker.Peer;

/**
 * What the client library would do by itself, and must not: each test fails once the remedy that it names is taken out.
 * The traps are those of Paho's MQTT 5 client 1.2.5.
 */
@Timeout(60)
class LibraryTrapsTest {
    private static final String ID = "link";
    private static final int SESSION_EXPIRY = 0x11;
    private static final int RECEIVE_MAXIMUM = 0x21;
    private static final int TOPIC_ALIAS_MAXIMUM = 0x22;
    private static final int MAXIMUM_PACKET = 0x27;
    private static final PublishReceipt UNHEEDED = code -> { };

    private ScriptedBroker broker;
    private MqttLink link;

    @BeforeEach
    void start() throws IOException {
        broker = new ScriptedBroker();
    }

    @AfterEach
    void close() throws IOException {
        link.close(false);
        broker.close();
    }

    /** Absent, the expiry is 0 and offline messages are lost; aliases towards us are broken in the library. */
    @Test
    void connect_properties_sayWhatTheLibraryWouldLeaveOut() {
        open(List.of("t"), (session, topic, payload, qos, id, type) -> { });
        Packet connect = broker.peers(ID).get(0).received(1).get(0);
        Map<Integer, Long> properties = connectProperties(connect.body());
        assertEquals(3600, properties.get(SESSION_EXPIRY));
        assertEquals(7, properties.get(RECEIVE_MAXIMUM));
        assertEquals(5000, properties.get(MAXIMUM_PACKET));
        assertNull(properties.get(TOPIC_ALIAS_MAXIMUM));
    }

    /** The library answers QoS 2 at once whatever it was told about acknowledging. */
    @Test
    void subscribe_filters_areAskedForAtQos1() {
        open(List.of("t", "u"), (session, topic, payload, qos, id, type) -> { });
        byte[] body = broker.peers(ID).get(0).received(8).get(0).body();
        assertEquals(1, body[body.length - 1] & 3);
        assertEquals(1, body[body.length - 5] & 3);
    }

    /** Frames that come at QoS 0 would be lost by every fault, and nobody would know. */
    @Test
    void subscribe_brokerThatGrantsQos0Only_isNoConnection() {
        broker.grantedQos = 0;
        link = link(List.of("t"), (session, topic, payload, qos, id, type) -> { });
        work(() -> link.lastFailure() != null);
        assertTrue(link.lastFailure().message().contains("QoS 0 only"), link.lastFailure().message());
    }

    /** Subscribing from the library's own callback can deadlock: it is the owner's thread that does. */
    @Test
    void subscribe_ownerThatDoesNothing_isNotDoneByTheLibrarysThread() throws Exception {
        link = link(List.of("t"), (session, topic, payload, qos, id, type) -> { });
        link.doWork(System.nanoTime());
        Peer peer = broker.await(ID, 1, false);
        TimeUnit.MILLISECONDS.sleep(500);
        assertEquals(List.of(), peer.received(8));
        work(() -> !peer.received(8).isEmpty());
    }

    /** The library tries the first connection once. */
    @Test
    void connect_brokerSilentAtFirst_isTriedAgainUntilItAnswers() {
        broker.unanswered = packet -> packet.type() == 1 && broker.peers(ID).size() < 3;
        open(List.of(), null);
        assertTrue(broker.peers(ID).size() >= 3);
    }

    /** The library swallows the exception of a taker and acknowledges the message all the same: it would be lost. */
    @Test
    void arrived_takerThatThrows_leavesTheMessageUnacknowledgedAndConnectsAnew() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        open(List.of("t"), (session, topic, payload, qos, id, type) -> {
            if (calls.getAndIncrement() == 0) {
                throw new IllegalStateException("taken ill");
            }
            session.acknowledge(id);
        });
        Peer first = broker.peers(ID).get(0);
        first.publish("t", 2, 5, new byte[1]);
        work(() -> broker.peers(ID).size() == 2 && link.session() != null);
        assertEquals(List.of(), first.received(4));
        Peer second = broker.peers(ID).get(1);
        second.publish("t", 10, 5, new byte[1]);
        work(() -> second.received(4).size() == 1);
    }

    /** An acknowledgement out of a lost session takes another message of the same packet id off the broker. */
    @Test
    void acknowledge_sessionLost_reachesNoLaterConnection() throws Exception {
        List<MqttSession> sessions = new ArrayList<>();
        open(List.of("t"), (session, topic, payload, qos, id, type) -> sessions.add(session));
        broker.peers(ID).get(0).publish("t", 2, 1, new byte[1]);
        work(() -> sessions.size() == 1);
        broker.peers(ID).get(0).cut();
        work(() -> broker.peers(ID).size() == 2 && link.session() != null);
        Peer second = broker.peers(ID).get(1);
        second.publish("t", 2, 1, new byte[2]);
        work(() -> sessions.size() == 2);
        sessions.get(0).acknowledge(1);
        TimeUnit.MILLISECONDS.sleep(300);
        assertEquals(List.of(), second.received(4));
        sessions.get(1).acknowledge(1);
        work(() -> second.received(4).size() == 1);
    }

    /** Above the broker's receive maximum the library throws, having spoilt its table of aliases. */
    @Test
    void publish_aboveTheBrokersReceiveMaximum_isNotTakenAndLeavesTheLinkAsItWas() {
        broker.connackProperties = new byte[] {RECEIVE_MAXIMUM, 0, 2};
        broker.verdict = packet -> ScriptedBroker.SILENCE;
        open(List.of(), null);
        assertTrue(publish("a") && publish("a"));
        assertFalse(publish("a"));
        Peer peer = broker.peers(ID).get(0);
        work(() -> peer.received(3).size() == 2);
        assertTrue(link.session().isOpen());
    }

    /** A PUBACK that refuses passes for a success in the library. */
    @Test
    void publish_refusedByItsConfirmation_isToldTheReason() {
        broker.verdict = packet -> ReasonCode.QUOTA_EXCEEDED;
        open(List.of(), null);
        AtomicInteger told = new AtomicInteger();
        link.session().publish(OutboundMessage.cbor("t", new byte[1]), told::set);
        work(() -> told.get() == ReasonCode.QUOTA_EXCEEDED);
    }

    /** The library uses aliases wherever a broker grants them, and sends them without topics on the next connection. */
    @Test
    void publish_brokerThatGrantsAliases_sendsEveryTopicInFull() {
        broker.connackProperties = new byte[] {TOPIC_ALIAS_MAXIMUM, 0, 10};
        open(List.of(), null);
        for (int connection = 1; connection <= 2; connection++) {
            Peer peer = broker.peers(ID).get(connection - 1);
            assertTrue(publish("a") && publish("a") && publish("b"));
            work(() -> peer.received(3).size() == 3);
            assertEquals(List.of("a", "a", "b"), peer.received(3).stream().map(Packet::topic).toList());
            assertTrue(peer.received(3).stream().allMatch(packet -> packet.qos() == 1 && packet.payload().length == 1));
            int next = connection + 1;
            peer.cut();
            work(() -> broker.peers(ID).size() == next && link.session() != null);
        }
    }

    /** Every client of the library has threads and a timer of its own, which outlive it unless it is closed. */
    @Test
    void connect_againAndAgain_leavesNoThreadsBehind() {
        open(List.of("t"), (session, topic, payload, qos, id, type) -> { });
        int before = threads();
        for (int connection = 1; connection <= 10; connection++) {
            int next = connection + 1;
            if (connection % 2 == 0) {
                broker.peers(ID).get(connection - 1).cut();
            } else {
                link.recycle("discarded while it works", false);
            }
            work(() -> broker.peers(ID).size() == next && link.session() != null);
        }
        work(() -> threads() <= before);
    }

    /** java.util.Timer waits by the time of day: set back by an hour, it rings nobody for an hour. */
    @Test
    void connect_keepAlive_dependsOnNoTimerByTheTimeOfDay() {
        open(List.of("t"), (session, topic, payload, qos, id, type) -> { });
        assertEquals(List.of(), Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getClass().getName().equals("java.util.TimerThread")).toList());
    }

    /** It starts three threads at each connection, and sleeps 100 ms for each that does not run at once. */
    @Test
    void connect_threeThreads_areNotSleptFor() {
        long least = Long.MAX_VALUE;
        // The machine may be busy; the library would sleep every time.
        for (int attempt = 0; attempt < 8; attempt++) {
            long begin = System.nanoTime();
            open(List.of("t"), (session, topic, payload, qos, id, type) -> { });
            least = Math.min(least, System.nanoTime() - begin);
            if (attempt < 7) {
                link.close(false);
            }
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(least);
        assertTrue(millis < 150, () -> "connected after " + millis + " ms at best");
    }

    private static int threads() {
        return (int) Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("MQTT") || thread.getName().startsWith("pool-")).count();
    }

    private boolean publish(String topic) {
        return link.session().publish(OutboundMessage.cbor(topic, new byte[1]), UNHEEDED);
    }

    private MqttLink link(List<String> filters, Inbox inbox) {
        BrokerOptions options = BrokerOptions.at(broker.uri()).clientId(ID).keepAliveSeconds(30).receiveMaximum(7)
                .maximumPacketBytes(5000).sessionExpirySeconds(3600).connectTimeout(Duration.ofMillis(700))
                .reconnectCap(Duration.ofMillis(100)).build();
        return new MqttLink(inbox == null ? LinkPlan.publisher(options)
                : LinkPlan.subscriber(options, filters, inbox), () -> { }, new Unheeding());
    }

    private void open(List<String> filters, Inbox inbox) {
        link = link(filters, inbox);
        work(() -> link.session() != null);
    }

    private void work(BooleanSupplier reached) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!reached.getAsBoolean()) {
            assertTrue(System.nanoTime() - end < 0, () -> "not in time; " + link.lastFailure());
            link.doWork(System.nanoTime());
            ScriptedBroker.pause();
        }
    }

    /** Numbers by property; CONNECT's own properties here are all of 2 or 4 bytes, but for one of 1. */
    private static Map<Integer, Long> connectProperties(byte[] body) {
        Map<Integer, Long> found = new TreeMap<>();
        int end = 11 + body[10];
        for (int at = 11; at < end;) {
            int property = body[at++];
            int bytes = switch (property) {
                case SESSION_EXPIRY, MAXIMUM_PACKET -> 4;
                case RECEIVE_MAXIMUM, TOPIC_ALIAS_MAXIMUM -> 2;
                default -> 1;
            };
            long value = 0;
            for (int i = 0; i < bytes; i++) {
                value = value << 8 | body[at++] & 0xff;
            }
            found.put(property, value);
        }
        return found;
    }
}
