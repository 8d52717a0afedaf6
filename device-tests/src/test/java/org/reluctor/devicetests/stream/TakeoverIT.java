package org.reluctor.devicetests.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reluctor.devicetests.broker.Mosquitto;
import org.reluctor.devicetests.faults.wire.FaultProxy;
import org.reluctor.stream.BrokerOptions;
import org.reluctor.stream.Gateway;
import org.reluctor.stream.GatewayOptions;
import org.reluctor.stream.GatewayState;
import org.reluctor.stream.Partition;
import org.reluctor.stream.Route;
import org.reluctor.stream.SensorLink;
import org.reluctor.stream.StreamEvents;
import org.reluctor.stream.authentication.Authentication;
import org.reluctor.stream.authentication.ReplayMarks;
import org.reluctor.stream.authentication.SensorKeys;
import org.reluctor.stream.codec.FrameKey;
import org.reluctor.stream.codec.FrameWriter;
import org.reluctor.stream.codec.Mac0Writer;
import org.reluctor.stream.partition.Claim;

/** Gateways of one partition on a real broker: one serves, another takes over, nothing is lost or out of order. */
class TakeoverIT {
    private static final byte[] KEY = new byte[FrameKey.BYTES];
    private static final String CLAIM = StreamHarness.TOPICS.claim("lab", "east");

    @TempDir
    Path folder;

    private final FrameWriter writer = new FrameWriter();
    private final SignalRecorder recorder = new SignalRecorder();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<Claim> claims = new ArrayList<>();
    private SensorLink sensor;
    private int sent;

    /** A gateway behind a link of its own, which can be broken. */
    private record Member(String name, FaultProxy link, Gateway gateway) {
        boolean serves() {
            return gateway.state() == GatewayState.ONLINE;
        }

        boolean standsBy() {
            return gateway.state() == GatewayState.STANDBY;
        }
    }

    @AfterEach
    void closeAll() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    private <T extends AutoCloseable> T kept(T closeable) {
        open.add(closeable);
        return closeable;
    }

    private Mosquitto start() throws Exception {
        Mosquitto broker = kept(Mosquitto.start(folder.resolve("broker")));
        kept(StreamHarness.subscriber(broker, StreamHarness.TOPICS.signal("+/+"), recorder));
        kept(StreamHarness.subscriber(broker, CLAIM, (topic, payload) -> note(Claim.read(payload))));
        sensor = kept(StreamHarness.sensor(broker));
        return broker;
    }

    private void note(Claim claim) {
        synchronized (claims) {
            if (!claims.contains(claim)) {
                claims.add(claim);
            }
        }
    }

    /** Two standbys may claim one term where the machine stops one of them for its turn; the greater claim holds. */
    private long terms() {
        synchronized (claims) {
            return claims.stream().mapToLong(Claim::term).distinct().count();
        }
    }

    private Member member(Mosquitto broker, String name, Authentication authentication) throws Exception {
        FaultProxy link = kept(FaultProxy.before(broker.port()));
        BrokerOptions session = BrokerOptions.at(link.uri()).clientId("east").keepAliveSeconds(5)
                .connectTimeout(Duration.ofSeconds(1)).reconnectCap(Duration.ofMillis(500)).build();
        GatewayOptions options = GatewayOptions.builder("lab", name, session,
                session.change().clientId(name + "-out").build()).authentication(authentication)
                .partition(new Partition("east", Duration.ofSeconds(1), name + "-member")).build();
        Gateway gateway = kept(Gateway.open(options, List.of(new Route("lab/+", new LinearRecovery())),
                StreamEvents.NONE));
        assertTrue(gateway.awaitOnline(StreamHarness.WAIT), () -> name + ": " + gateway.lastFailure());
        return new Member(name, link, gateway);
    }

    private static void untilOneServes(Member one, Member other) throws InterruptedException {
        StreamHarness.until("one serves", () -> one.serves() && other.standsBy());
    }

    private void send(int count) throws InterruptedException {
        for (int i = 0; i < count; i++, sent++) {
            sensor.publish(StreamHarness.SENSOR, StreamHarness.frame(writer, StreamHarness.SENSOR, 1, sent));
        }
    }

    private void untilAllCame() throws InterruptedException {
        StreamHarness.until("all signals", () -> recorder.distinct() == sent);
        assertEquals(0, recorder.disordered());
    }

    /** Cut off with frames under way, and back later: it finds the other at work, and does not fight. */
    @Test
    void owner_cutOffUnderLoadAndBack_isTakenOverOnceAndStandsBy() throws Exception {
        Mosquitto broker = start();
        Member one = member(broker, "one", null);
        StreamHarness.until("the first serves", one::serves);
        Member two = member(broker, "two", null);
        Member three = member(broker, "three", null);
        send(500);
        one.link().refuse(true);
        one.link().cut();
        send(500);
        StreamHarness.until("another serves", () -> two.serves() || three.serves());
        Member next = two.serves() ? two : three;
        Member spare = two.serves() ? three : two;
        send(500);
        one.link().heal();
        StreamHarness.until("the first stands by", one::standsBy);
        untilAllCame();

        next.gateway().drain(StreamHarness.WAIT);
        send(500);
        untilAllCame();
        assertTrue(one.serves() ^ spare.serves());
        assertEquals(3, terms(), claims::toString);
    }

    /** With what it kept, and without: then nothing is left of what it retained, and who served knows it alone. */
    @Test
    void broker_restarted_isServedByTheSameGateway() throws Exception {
        Mosquitto broker = start();
        Member one = member(broker, "one", null);
        StreamHarness.until("the first serves", one::serves);
        Member two = member(broker, "two", null);
        for (boolean keeps : new boolean[] {true, false}) {
            send(100);
            untilAllCame();
            broker.stop();
            if (!keeps) {
                broker.forget();
            }
            broker.restart();
            StreamHarness.until("away", () -> !one.serves() && !two.standsBy());
            untilOneServes(one, two);
            StreamHarness.until("sensor is back", () -> sensor.lastFailure().isEmpty());
        }
        send(100);
        untilAllCame();
        assertEquals(1, terms(), claims::toString);
    }

    /** Recorded frames of the time of the one gateway are refused by the next, which was told how far it got. */
    @Test
    void frames_recordedBeforeATakeover_areNotTakenByTheNextGateway() throws Exception {
        Mosquitto broker = start();
        Member one = member(broker, "one", authentication("one"));
        StreamHarness.until("the first serves", one::serves);
        ReplayMarks marks = ReplayMarks.open(folder.resolve("marks-two"));
        Member two = member(broker, "two", new Authentication(keys(), kept(marks)));
        for (int seq = 0; seq < 20; seq++) {
            sensor.publish(StreamHarness.SENSOR, sealed(seq));
        }
        StreamHarness.until("all signals", () -> recorder.distinct() == 20);
        assertTrue(one.gateway().drain(StreamHarness.WAIT));
        StreamHarness.until("the second serves", two::serves);
        assertEquals(new ReplayMarks.Mark(1, 19), marks.find(StreamHarness.SENSOR));
        sensor.publish(StreamHarness.SENSOR, sealed(7));
        sensor.publish(StreamHarness.SENSOR, sealed(20));
        StreamHarness.until("the next", () -> recorder.distinct() == 21);
        assertEquals(0, recorder.repeated());
        assertEquals(1, two.gateway().stats().duplicates());
        assertEquals(0, two.gateway().stats().gaps());
    }

    private byte[] sealed(long seq) {
        return new Mac0Writer().write(StreamHarness.frame(writer, StreamHarness.SENSOR, 1, seq), StreamHarness.SENSOR,
                new FrameKey(KEY));
    }

    private Authentication authentication(String name) throws Exception {
        return new Authentication(keys(), kept(ReplayMarks.open(folder.resolve("marks-" + name))));
    }

    private SensorKeys keys() throws Exception {
        Path keys = folder.resolve("keys");
        Path file = keys.resolve(StreamHarness.SENSOR + ".key");
        Files.createDirectories(file.getParent());
        Files.writeString(file, HexFormat.of().formatHex(KEY), StandardCharsets.US_ASCII);
        return new SensorKeys(keys);
    }

    @Test
    void shareGroup_oneOfTwoLeaves_nothingIsLost() throws Exception {
        Mosquitto broker = start();
        List<Gateway> group = new ArrayList<>();
        for (String name : List.of("one", "two")) {
            group.add(kept(StreamHarness.open(GatewayOptions.builder("lab", name,
                    StreamHarness.broker(broker, name).build(), StreamHarness.broker(broker, name + "-out").build())
                    .shareGroup("east"), new LinearRecovery(), StreamEvents.NONE)));
        }
        send(500);
        StreamHarness.until("all signals", () -> recorder.distinct() == 500);
        for (Gateway gateway : group) {
            assertTrue(gateway.stats().framesAccepted() > 50, gateway.stats().toString());
            assertEquals(0, gateway.stats().gaps() + gateway.stats().restarts());
        }
        group.get(0).drain(StreamHarness.WAIT);
        send(500);
        kept(StreamHarness.open(GatewayOptions.builder("lab", "one", StreamHarness.broker(broker, "one").build(),
                StreamHarness.broker(broker, "one-out").build()).shareGroup("east"), new LinearRecovery(),
                StreamEvents.NONE));
        StreamHarness.until("all signals", () -> recorder.distinct() == 1000);
    }
}
