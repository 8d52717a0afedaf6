package org.reluctor.stream.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reluctor.stream.GatewayState;
import org.reluctor.stream.codec.FrameLimits;
import org.reluctor.stream.mqtt.ReasonCode;
import org.reluctor.stream.mqtt.ScriptedBroker;
import org.reluctor.stream.mqtt.ScriptedBroker.Peer;

/** A gateway between brokers that do what no test can make a real one do. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class ScriptedBrokersTest {
    private ScriptedStream stream;
    /** Signals that the subscribers' broker took, in order. */
    private final List<String> taken = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void make() throws IOException {
        stream = new ScriptedStream();
        stream.egress.verdict = packet -> {
            taken.add(ScriptedStream.identity(packet));
            return 0;
        };
    }

    @AfterEach
    void close() throws IOException {
        stream.close();
    }

    /** The first is refused in passing, as over a quota; what was sent behind it would be taken. */
    @Test
    void signals_oneRefusedInPassing_keepTheOrderOfTheirSensorAndLetOthersPass() throws Exception {
        AtomicBoolean refused = new AtomicBoolean();
        stream.egress.verdict = packet -> {
            String identity = ScriptedStream.identity(packet);
            if (identity.equals("lab/a 0") && refused.compareAndSet(false, true)) {
                return ReasonCode.QUOTA_EXCEEDED;
            }
            taken.add(identity);
            return 0;
        };
        stream.open(broker -> broker, gateway -> gateway.strictOrder(true));
        Peer sensors = stream.sensors(1);
        stream.deliver(sensors, "lab/a", 0, 1);
        stream.deliver(sensors, "lab/a", 1, 2);
        stream.deliver(sensors, "lab/b", 0, 3);
        ScriptedStream.until("all taken", () -> taken.size() == 3);
        assertEquals(List.of("lab/b 0", "lab/a 0", "lab/a 1"), taken);
        ScriptedStream.until("all acknowledged", () -> sensors.received(4).size() == 3);
        assertEquals(List.of(1, 2, 3), ScriptedStream.acknowledged(sensors));
    }

    /** Two sendings are refused in passing; no two signals are out of order once the first refusal was seen. */
    @Test
    void signals_refusedAgainAndAgainWithoutStrictOrder_areOneByOneAfterTheFirstRefusal() throws Exception {
        AtomicInteger sendings = new AtomicInteger();
        stream.egress.verdict = packet -> {
            String identity = ScriptedStream.identity(packet);
            int sending = sendings.getAndIncrement();
            if (sending == 0 || sending == 2) {
                return ReasonCode.UNSPECIFIED_ERROR;
            }
            taken.add(identity);
            return 0;
        };
        stream.open(broker -> broker, gateway -> gateway);
        Peer sensors = stream.sensors(1);
        stream.deliver(sensors, "lab/a", 0, 1);
        ScriptedStream.until("the first, after its refusal", () -> sensors.received(4).size() == 1);
        for (int seq = 1; seq < 4; seq++) {
            stream.deliver(sensors, "lab/a", seq, seq + 1);
        }
        ScriptedStream.until("all acknowledged", () -> sensors.received(4).size() == 4);
        assertEquals(IntStream.range(0, 4).mapToObj(seq -> "lab/a " + seq).toList(), taken);
    }

    @Test
    void signals_windowOfOne_allGoThrough() throws Exception {
        stream.egress.connackProperties = new byte[] {0x21, 0, 1};
        stream.open(broker -> broker.receiveMaximum(1), gateway -> gateway);
        Peer sensors = stream.sensors(1);
        AtomicInteger most = new AtomicInteger();
        for (int seq = 0; seq < 20; seq++) {
            int before = seq;
            stream.deliver(sensors, seq % 2 == 0 ? "lab/a" : "lab/b", seq / 2, seq + 1);
            ScriptedStream.until("acknowledged", () -> sensors.received(4).size() > before);
            most.accumulateAndGet(sensors.received(4).size() - before, Math::max);
        }
        assertEquals(20, taken.size());
        assertEquals(1, most.get());
    }

    /** The confirmation of a signal gets lost, while another sensor's signal, older than it, is on hold. */
    @Test
    void egress_confirmationLostBehindAHeldSignal_connectionIsRenewed() throws Exception {
        AtomicBoolean swallowed = new AtomicBoolean();
        stream.egress.verdict = packet -> {
            String identity = ScriptedStream.identity(packet);
            if (identity.startsWith("lab/held")) {
                return ReasonCode.NOT_AUTHORIZED;
            }
            if (swallowed.compareAndSet(false, true)) {
                return ScriptedBroker.SILENCE;
            }
            taken.add(identity);
            return 0;
        };
        stream.open(broker -> broker, gateway -> gateway.stallTimeout(Duration.ofSeconds(1)));
        Peer sensors = stream.sensors(1);
        stream.deliver(sensors, "lab/held", 0, 1);
        stream.deliver(sensors, "lab/free", 0, 2);
        ScriptedStream.until("sent again", () -> taken.contains("lab/free 0"));
        assertTrue(stream.egress.peers(ScriptedStream.OUT).size() > 1);
    }

    /** Every acknowledgement of the window is lost on its way: the broker sends nothing more, and nothing is broken. */
    @Test
    void ingress_acknowledgementsLost_connectionIsRenewedAndBringsThemAgain() throws Exception {
        stream.ingress.sessionPresent = true;
        stream.open(broker -> broker, gateway -> gateway.stallTimeout(Duration.ofSeconds(1)));
        Peer first = stream.sensors(1);
        for (int seq = 0; seq < 4; seq++) {
            stream.deliver(first, "lab/a", seq, seq + 1);
        }
        ScriptedStream.until("all acknowledged", () -> first.received(4).size() == 4);
        Peer second = stream.sensors(2);
        for (int seq = 0; seq < 4; seq++) {
            second.publish(ScriptedStream.topic("lab/a"), 10, seq + 1, stream.frame("lab/a", seq));
        }
        ScriptedStream.until("acknowledged again", () -> second.received(4).size() == 4);
        stream.deliver(second, "lab/a", 4, 5);
        ScriptedStream.until("the next", () -> taken.contains("lab/a 4"));
        assertEquals(5, taken.size(), () -> "computed again: " + taken);
    }

    @Test
    void ingress_sensorsAtRest_connectionIsNotRenewedAgainAndAgain() throws Exception {
        stream.open(broker -> broker, gateway -> gateway.stallTimeout(Duration.ofSeconds(1)));
        stream.deliver(stream.sensors(1), "lab/a", 0, 1);
        stream.sensors(2);
        TimeUnit.MILLISECONDS.sleep(2500);
        assertEquals(2, stream.ingress.peers(ScriptedStream.IN).size());
    }

    /** A broker that heeds no receive maximum is held back by the connection, not taken into memory. */
    @Test
    void ingress_tenTimesTheReceiveMaximumAtOnce_isTakenInOrderWithinItsBound() throws Exception {
        AtomicBoolean heldBack = new AtomicBoolean(true);
        stream.egress.verdict = packet -> {
            while (heldBack.get()) {
                Thread.onSpinWait();
            }
            taken.add(ScriptedStream.identity(packet));
            return 0;
        };
        var gateway = stream.open(broker -> broker.keepAliveSeconds(60), options -> options);
        Peer sensors = stream.sensors(1);
        for (int seq = 0; seq < 40; seq++) {
            stream.deliver(sensors, "lab/a", seq, seq + 1);
        }
        TimeUnit.MILLISECONDS.sleep(300);
        assertTrue(gateway.stats().inFlight() <= 8, () -> "in memory: " + gateway.stats().inFlight());
        heldBack.set(false);
        ScriptedStream.until("all acknowledged", () -> sensors.received(4).size() == 40);
        assertEquals(IntStream.range(0, 40).mapToObj(seq -> "lab/a " + seq).toList(), taken);
        assertEquals(1, stream.ingress.peers(ScriptedStream.IN).size());
    }

    @Test
    void ingress_noRoomForLong_isLeftAndToldApartFromAStall() throws Exception {
        stream.egress.verdict = packet -> ScriptedBroker.SILENCE;
        stream.open();
        Peer sensors = stream.sensors(1);
        for (int seq = 0; seq < 12; seq++) {
            stream.deliver(sensors, "lab/a", seq, seq + 1);
        }
        ScriptedStream.until("left", () -> !sensors.isOpen());
        assertEquals(List.of("stood down"), stream.told);
    }

    /** Nothing of it is kept but what this answer needs. */
    @Test
    void ingress_payloadOverTheLimit_isAnsweredWithItsHashAndAcknowledgedInItsTurn() throws Exception {
        stream.open(broker -> broker, gateway -> gateway.frameLimits(new FrameLimits(1000, 64, 64, 1)));
        Peer sensors = stream.sensors(1);
        // What comes before the gateway knows itself online is acknowledged, but not answered.
        ScriptedStream.until("online", () -> sensors.received(3).stream()
                .anyMatch(packet -> packet.topic().endsWith("/status")));
        sensors.publish(ScriptedStream.topic("lab/a"), 2, 1, new byte[1001]);
        stream.deliver(sensors, "lab/a", 0, 2);
        // The answer goes out by another thread than the acknowledgements.
        ScriptedStream.until("both acknowledged, one answered", () -> sensors.received(4).size() == 2
                && sensors.received(3).stream().anyMatch(packet -> packet.topic().endsWith("/error")));
        String answer = sensors.received(3).stream().filter(packet -> packet.topic().endsWith("/error"))
                .map(packet -> new String(packet.payload(), StandardCharsets.UTF_8)).findFirst().orElseThrow();
        assertTrue(answer.contains("\"reason\":\"too-large\"") && answer.contains("1001 bytes; at most 1000")
                && answer.contains("2f33b022758805a3bfcb77f61472e4a4a12fadeaf344698757ad4b124a823473"), answer);
        assertEquals(List.of(1, 2), ScriptedStream.acknowledged(sensors));
        assertEquals(List.of("lab/a 0"), taken);
    }

    /** What a session kept comes before the answer to SUBSCRIBE, for longer than connecting may last. */
    @Test
    void connect_backlogBeforeTheAnswerToSubscribe_isNotGivenUp() throws Exception {
        stream.ingress.sessionPresent = true;
        stream.ingress.unanswered = packet -> packet.type() == 8;
        stream.open();
        Peer sensors = stream.sensors(1);
        for (int seq = 0; seq < 30; seq++) {
            stream.deliver(sensors, "lab/a", seq, seq + 1);
            TimeUnit.MILLISECONDS.sleep(100);
        }
        byte[] subscribe = sensors.received(8).get(0).body();
        sensors.send(0x90, new byte[] {subscribe[0], subscribe[1], 0, 1});
        ScriptedStream.until("all acknowledged", () -> sensors.received(4).size() == 30);
        assertEquals(1, stream.ingress.peers(ScriptedStream.IN).size());
    }

    @Test
    void connect_noAnswerToSubscribe_isGivenUpInTime() throws Exception {
        stream.ingress.unanswered = packet -> packet.type() == 8 && stream.ingress.peers(ScriptedStream.IN).size() == 1;
        stream.open();
        stream.sensors(2);
        assertTrue(!stream.sensors(1).received(8).isEmpty());
    }

    /** A retained frame would be computed at every subscribing: none is asked for, and one that comes is left. */
    @Test
    void subscribe_retainedFrame_isNeitherAskedForNorComputed() throws Exception {
        stream.open();
        Peer sensors = stream.sensors(1);
        byte[] subscribe = sensors.received(8).get(0).body();
        assertEquals(2, subscribe[subscribe.length - 1] >> 4 & 3);
        sensors.publish(ScriptedStream.topic("lab/a"), 3, 9, stream.frame("lab/a", 0));
        stream.deliver(sensors, "lab/b", 0, 10);
        ScriptedStream.until("both acknowledged", () -> sensors.received(4).size() == 2);
        assertEquals(List.of("lab/b 0"), taken);
        assertEquals(List.of("retained \"" + ScriptedStream.topic("lab/a") + "\""), stream.told);
    }

    /** A leftover of whoever subscribed at QoS 2 under the same client id. */
    @Test
    void ingress_frameAtQos2_isTakenAndConfirmedInFullAndTheStreamGoesOn() throws Exception {
        stream.open();
        Peer sensors = stream.sensors(1);
        sensors.publish(ScriptedStream.topic("lab/a"), 4, 7, stream.frame("lab/a", 0));
        ScriptedStream.until("received", () -> sensors.received(5).size() == 1);
        assertEquals(List.of("lab/a 0"), taken);
        sensors.send(0x62, new byte[] {0, 7});
        ScriptedStream.until("completed", () -> sensors.received(7).size() == 1);
        stream.deliver(sensors, "lab/a", 1, 8);
        ScriptedStream.until("the next", () -> sensors.received(4).size() == 1);
        assertEquals(1, stream.ingress.peers(ScriptedStream.IN).size());
    }

    /** Of an earlier configuration; its sensor is another gateway's now, and must not hear from this one. */
    @Test
    void ingress_frameOfASubscriptionThatIsNoLongerConfigured_isAcknowledgedAndItsFilterGivenUp() throws Exception {
        stream.open();
        Peer sensors = stream.sensors(1);
        stream.deliver(sensors, "plant/x", 0, 1);
        ScriptedStream.until("acknowledged", () -> sensors.received(4).size() == 1);
        ScriptedStream.until("given up", () -> sensors.received(10).size() == 1);
        String body = new String(sensors.received(10).get(0).body(), StandardCharsets.UTF_8);
        for (String filter : List.of("plant/x", "plant/+", "+/x", "+/+")) {
            assertTrue(body.contains("reluctor/v1/" + filter + "/frame"), filter);
        }
        assertFalse(body.contains("lab/+"));
        assertTrue(sensors.received(3).stream().noneMatch(packet -> packet.topic().endsWith("/error")));
    }

    /** Between the broker's taking a signal and the acknowledgement of its frame, the broker forgets the session. */
    @Test
    void ingress_sessionLostBetweenSignalAndAcknowledgement_acknowledgesNoOtherFrameOfTheSameId() throws Exception {
        AtomicBoolean heldBack = new AtomicBoolean(true);
        stream.egress.verdict = packet -> {
            while (heldBack.get()) {
                Thread.onSpinWait();
            }
            taken.add(ScriptedStream.identity(packet));
            return 0;
        };
        stream.open(broker -> broker, gateway -> gateway.strictOrder(true));
        Peer first = stream.sensors(1);
        stream.deliver(first, "lab/a", 0, 1);
        ScriptedStream.until("under way", () -> stream.subscribers(1).received(3).size() == 1);
        first.cut();
        Peer second = stream.sensors(2);
        stream.deliver(second, "lab/a", 1, 1);
        TimeUnit.MILLISECONDS.sleep(300);
        assertEquals(List.of(), second.received(4));
        heldBack.set(false);
        ScriptedStream.until("acknowledged", () -> second.received(4).size() == 1);
        assertEquals(List.of("lab/a 0", "lab/a 1"), taken);
    }

    /** The device computes for longer than the keep-alive; nothing of that may be felt by the connection. */
    @Test
    void ingress_deviceBusyForLong_connectionIsReadAndKept() throws Exception {
        stream.recovery.pauseMillis = 9000;
        stream.open();
        Peer sensors = stream.sensors(1);
        stream.deliver(sensors, "lab/a", 0, 1);
        stream.deliver(sensors, "lab/a", 1, 2);
        ScriptedStream.until("acknowledged", () -> sensors.received(4).size() == 2);
        assertTrue(sensors.received(12).size() >= 2);
        assertEquals(1, stream.ingress.peers(ScriptedStream.IN).size());
    }

    /** What a broker may send that nobody expects, each on a connection of its own. */
    @ParameterizedTest
    @ValueSource(ints = {0x20, 0x40, 0x50, 0x62, 0x70, 0x90, 0xb0, 0xc0, 0xd0, 0xe0, 0xf0})
    void ingress_unexpectedPacket_isPassedOverOrEndsTheConnectionAndTheStreamGoesOn(int head) throws Exception {
        stream.open();
        Peer first = stream.sensors(1);
        first.send(head, new byte[] {0, 9, 0});
        TimeUnit.MILLISECONDS.sleep(1000);
        boolean ended = deliverUnlessEnded(first);
        ScriptedStream.until("acknowledged, or connected anew", () -> first.received(4).size() == 1
                || stream.ingress.peers(ScriptedStream.IN).size() > 1);
        if (ended || first.received(4).isEmpty()) {
            Peer second = stream.sensors(2);
            stream.deliver(second, "lab/a", 0, 1);
            ScriptedStream.until("acknowledged", () -> second.received(4).size() == 1);
        }
        ScriptedStream.until("taken", () -> taken.contains("lab/a 0"));
    }

    private boolean deliverUnlessEnded(Peer sensors) {
        try {
            stream.deliver(sensors, "lab/a", 0, 1);
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /** Nothing is connected: what is under way cannot be finished, and the wait for it ends in time. */
    @Test
    void drain_bothBrokersAway_endsInTimeAndSaysThatSomethingIsLeft() throws Exception {
        stream.egress.verdict = packet -> ScriptedBroker.SILENCE;
        var gateway = stream.open();
        Peer sensors = stream.sensors(1);
        stream.deliver(sensors, "lab/a", 0, 1);
        ScriptedStream.until("under way", () -> stream.subscribers(1).received(3).size() == 1);
        stream.ingress.close();
        stream.egress.close();
        long begin = System.nanoTime();
        assertFalse(gateway.drain(Duration.ofSeconds(1)));
        assertTrue(System.nanoTime() - begin < Duration.ofSeconds(15).toNanos());
    }

    /** Two gateways under one name: each that is taken over steps back for longer and longer, and says why. */
    @Test
    void takenOver_againAndAgain_stepsBackForLongerAndNamesTheCause() throws Exception {
        var gateway = stream.open(broker -> broker.reconnectCap(Duration.ofMillis(400)), options -> options);
        long[] came = new long[5];
        for (int i = 0; i < came.length; i++) {
            Peer peer = stream.sensors(i + 1);
            came[i] = System.nanoTime();
            ScriptedStream.until("the status", () -> !peer.received(3).isEmpty());
            peer.send(0xe0, new byte[] {(byte) 0x8e, 0});
        }
        for (int i = 1; i < came.length; i++) {
            long leastMillis = 200L << (i - 1);
            assertTrue(came[i] - came[i - 1] >= TimeUnit.MILLISECONDS.toNanos(leastMillis), "pause " + i);
        }
        ScriptedStream.until("told", () -> stream.failures.size() == came.length);
        assertEquals(GatewayState.DEGRADED, gateway.state());
        String message = stream.failures.get(0).message();
        assertTrue(message.contains("client id \"gw\"") && message.contains("instance of its own"), message);
    }
}
