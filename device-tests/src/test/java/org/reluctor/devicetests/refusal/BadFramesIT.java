package org.reluctor.devicetests.refusal;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reluctor.devicetests.broker.Mosquitto;
import org.reluctor.devicetests.command.CommandResult;
import org.reluctor.devicetests.command.SmallNetworks;
import org.reluctor.stream.BrokerOptions;
import org.reluctor.stream.SensorLink;
import org.reluctor.stream.SignalLink;
import org.reluctor.stream.Topics;
import org.reluctor.stream.codec.FrameFault;
import org.reluctor.stream.codec.FrameFields;
import org.reluctor.stream.codec.FrameWriter;
import org.reluctor.stream.codec.Signal;

/**
 * Every kind of bad frame among good ones of three sensors, sent to one {@code reluctor run} over mosquitto: each is
 * counted by its reason and answered, no good one is lost, the process stays well and ends well.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BadFramesIT {
    private static final Duration WAIT = Duration.ofSeconds(30);
    private static final Topics TOPICS = new Topics("reluctor");
    private static final int STORM_ROUNDS = 8;
    private static final FrameWriter WRITER = new FrameWriter();

    private Path folder;
    private Mosquitto broker;
    private WardGateway gateway;
    private SensorLink sensors;
    private SignalLink subscriber;
    private final WardLedger ledger = new WardLedger();
    private final Map<String, Long> next = new HashMap<>();
    private final Map<FrameFault, Integer> rejected = new EnumMap<>(FrameFault.class);
    private final List<Long> soundButRefused = new ArrayList<>();
    private final List<Long> overPacket = new ArrayList<>();
    private int signals;
    private int answers;
    private int published;
    private int duplicates;

    @BeforeAll
    void start(@TempDir Path given) throws Exception {
        folder = given;
        broker = Mosquitto.start(folder.resolve("broker"));
        gateway = WardGateway.start(folder, broker);
        subscriber = SignalLink.open(BrokerOptions.at(broker.uri()).build(),
                List.of(TOPICS.signal("+/+"), TOPICS.error("+/+")), ledger);
        assertTrue(subscriber.awaitConnected(WAIT));
        sensors = SensorLink.open(BrokerOptions.at(broker.uri()).build(), TOPICS);
        assertTrue(sensors.awaitConnected(WAIT));
        // The table of sensors is full before the first stranger comes.
        for (String sensor : Ward.SENSORS) {
            publishGood(sensor);
        }
        awaitSignals();
    }

    @AfterAll
    void stop() throws Exception {
        for (AutoCloseable each : Arrays.asList(sensors, subscriber, gateway, broker)) {
            if (each != null) {
                each.close();
            }
        }
    }

    @Test
    @Order(1)
    void sketch_unspoilt_isTheFrameThatSensorsWrite() {
        String sensor = Ward.SENSORS.get(0);
        assertArrayEquals(good(sensor, Ward.FAR), Ward.sketch(sensor, Ward.FAR).bytes());
    }

    @Test
    @Order(2)
    void rows_together_haveEveryFaultOfPlainFrames() {
        Set<FrameFault> found = BadFrames.all().stream().map(BadFrame::fault)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(FrameFault.class)));
        Set<FrameFault> others = EnumSet.range(FrameFault.ENVELOPE, FrameFault.MAC);
        // What comes too often is the floods' matter.
        others.addAll(EnumSet.of(FrameFault.NEW_SENSORS, FrameFault.FLOOD));
        assertEquals(EnumSet.complementOf(EnumSet.copyOf(others)), found);
    }

    static List<BadFrame> rows() {
        return BadFrames.all();
    }

    @ParameterizedTest
    @MethodSource("rows")
    @Order(3)
    void run_badFrameAmongGoodOnes_isCountedAndAnsweredAndNothingElseIsLost(BadFrame bad) throws Exception {
        double before = gateway.rejected(bad.fault());
        publishGood(Ward.SENSORS.get(0));
        byte[] payload = publishBad(bad);
        for (String sensor : Ward.SENSORS) {
            publishGood(sensor);
        }
        awaitSignals();
        assertEquals(before + 1, gateway.rejected(bad.fault()), gateway.log());
        if (bad.answered()) {
            await().atMost(WAIT).until(() -> ledger.answers().size() >= answers);
            assertAnswer(bad, payload, ledger.answers().get(answers - 1));
        }
        assertEquals(0, ledger.last(bad.sensor().endsWith("ecg") && Ward.SENSORS.contains(bad.sensor())
                ? bad.sensor() : Ward.SENSORS.get(0)).flags());
    }

    private void assertAnswer(BadFrame bad, byte[] payload, WardLedger.Answer answer) throws Exception {
        JsonNode body = answer.body();
        assertEquals(TOPICS.error(bad.sensor()), answer.topic());
        assertEquals(bad.fault().reason(), body.path("reason").asText(), body.toString());
        assertEquals(bad.sensor(), body.path("sensor").asText());
        assertEquals(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(payload)),
                body.path("sha256").asText());
        if (bad.field() != null) {
            assertEquals(bad.field(), body.path("field").asText(), body.toString());
        }
        String detail = body.path("detail").asText();
        assertTrue(detail.length() > 10 && detail.chars().noneMatch(Character::isISOControl), detail);
        if (bad.identified()) {
            long boot = bad.fault() == FrameFault.BOOT ? Ward.BOOT - 1 : Ward.BOOT;
            long seq = bad.inSequence() ? soundButRefused.get(soundButRefused.size() - 1) : Ward.FAR;
            assertEquals(boot, body.path("boot").asLong(-1), body.toString());
            assertEquals(seq, body.path("seq").asLong(-1), body.toString());
        } else {
            assertTrue(body.path("boot").isNull() && body.path("seq").isNull(), body.toString());
        }
        assertEquals(7, body.size(), body.toString());
    }

    @Test
    @Order(4)
    void run_frameOverThePacketLimit_showsAsAGapBeforeTheNext() throws Exception {
        String sensor = Ward.SENSORS.get(2);
        double gaps = gateway.metric("reluctor_sequence_gaps_total");
        long seq = take(sensor);
        byte[] large = Ward.sketch(sensor, seq).with(FrameSketch.Y,
                Cbor.tagged(FrameSketch.FLOAT32, new byte[Ward.PACKET_BYTES])).bytes();
        sensors.publish(sensor, large);
        overPacket.add(seq);
        publishGood(sensor);
        awaitSignals();
        assertEquals(Signal.FLAG_GAP, ledger.last(sensor).flags());
        assertEquals(gaps + 1, gateway.metric("reluctor_sequence_gaps_total"));
        publishGood(sensor);
        awaitSignals();
        assertEquals(0, ledger.last(sensor).flags());
    }

    @Test
    @Order(5)
    void run_replayedFrames_areCountedAndNeitherComputedNorAnswered() throws Exception {
        String sensor = Ward.SENSORS.get(1);
        for (long seq : List.of(0L, next.get(sensor) - 1)) {
            sensors.publish(sensor, good(sensor, seq));
            published++;
            duplicates++;
            publishGood(sensor);
            awaitSignals();
            assertEquals(duplicates, gateway.metric("reluctor_frames_duplicate_total"));
            assertEquals(0, ledger.last(sensor).flags());
        }
        assertEquals(answers, ledger.answers().size());
    }

    @Test
    @Order(6)
    void run_goodFramesWithoutContentTypeOrOfQosZero_areTaken() throws Exception {
        String sensor = Ward.SENSORS.get(1);
        for (int qos = 1; qos >= 0; qos--) {
            sensors.publish(TOPICS.frame(sensor), good(sensor, take(sensor)), qos, null);
            published++;
            signals++;
            awaitSignals();
            assertEquals(0, ledger.last(sensor).flags());
        }
    }

    @Test
    @Order(7)
    void run_stormOfAllBadFramesMixedWithGoodOnes_losesNoGoodOne() throws Exception {
        Random random = new Random(3);
        for (int round = 0; round < STORM_ROUNDS; round++) {
            List<BadFrame> rows = new ArrayList<>(BadFrames.all());
            Collections.shuffle(rows, random);
            for (BadFrame bad : rows) {
                publishBad(bad);
                publishGood(Ward.SENSORS.get(random.nextInt(Ward.SENSORS.size())));
            }
        }
        awaitSignals();
        for (Map.Entry<FrameFault, Integer> entry : rejected.entrySet()) {
            assertEquals(entry.getValue().doubleValue(), gateway.rejected(entry.getKey()), entry.getKey().reason());
        }
    }

    @Test
    @Order(8)
    void run_afterAllOfThem_everyGoodFrameCameOnceInOrderAndTheBooksAgree() throws Exception {
        awaitSignals();
        await().atMost(WAIT).until(() -> gateway.metric("reluctor_frames_in_flight") == 0);
        int bad = rejected.values().stream().mapToInt(Integer::intValue).sum();
        assertEquals(published, gateway.metric("reluctor_frames_received_total"));
        assertEquals(signals, gateway.metric("reluctor_signals_delivered_total"));
        assertEquals(bad + signals + duplicates, published);
        await().atMost(WAIT).untilAsserted(() -> assertEquals(bad, gateway.metric("reluctor_answers_sent_total")
                + gateway.metric("reluctor_answers_suppressed_total")));
        assertEquals(gateway.metric("reluctor_answers_sent_total"), ledger.answers().size());
        assertEquals(0, gateway.metric("reluctor_internal_errors_total"));
        assertEquals(0, gateway.metric("reluctor_sensor_restarts_total"));
        assertEquals(0, gateway.metric("reluctor_frames_dropped_total"));
        assertEquals(Ward.SENSORS.size(), gateway.metric("reluctor_sensors"));
        assertEquals(1, gateway.metric("reluctor_connections_total{side=\"ingress\"}"), gateway.log());
        List<Long> gapBefore = overPacket.stream().map(seq -> seq + 1).toList();
        ledger.assertComplete(Ward.SENSORS.get(0), next.get(Ward.SENSORS.get(0)), soundButRefused, List.of());
        ledger.assertComplete(Ward.SENSORS.get(1), next.get(Ward.SENSORS.get(1)), List.of(), List.of());
        ledger.assertComplete(Ward.SENSORS.get(2), next.get(Ward.SENSORS.get(2)), overPacket, gapBefore);
    }

    @Test
    @Order(9)
    void run_toldToEndAfterAllOfThem_endsWithZeroACleanLogAndNothingLeftAtTheBroker() throws Exception {
        assertTrue(gateway.isAlive());
        CommandResult end = gateway.terminate().expect(0);
        Files.writeString(Files.createDirectories(Path.of("target")).resolve("bad-frames.log"), end.err());
        for (FrameFault fault : rejected.keySet()) {
            assertTrue(end.err().contains("frame rejected, " + fault.reason() + ": "), fault.reason());
        }
        assertEquals("", end.out());
        assertFalse(end.err().contains("ERROR"), end.err());
        assertTrue(end.err().lines().allMatch(line -> line.matches("\\d{4}-\\d\\d-\\d\\dT.*Z (INFO|WARN)  ?\\S.*")),
                end.err());
        assertTrue(end.err().contains("everything under way was delivered"), end.err());
        // The session was kept: had one frame stayed unacknowledged, it would come before this one.
        publishGood(Ward.SENSORS.get(0));
        try (WardGateway again = WardGateway.start(folder, broker)) {
            gateway.close();
            awaitSignals();
            assertEquals(1, again.metric("reluctor_frames_received_total"), again.log());
            again.terminate().expect(0);
        }
    }

    private byte[] publishBad(BadFrame bad) throws InterruptedException {
        long seq = bad.inSequence() ? take(bad.sensor()) : Ward.FAR;
        byte[] payload = bad.payload().apply(seq);
        sensors.publish(TOPICS.frame(bad.sensor()), payload, 1, bad.contentType());
        if (bad.inSequence()) {
            soundButRefused.add(seq);
        }
        rejected.merge(bad.fault(), 1, Integer::sum);
        published++;
        answers += bad.answered() ? 1 : 0;
        return payload;
    }

    private void publishGood(String sensor) throws InterruptedException {
        sensors.publish(sensor, good(sensor, take(sensor)));
        published++;
        signals++;
    }

    private long take(String sensor) {
        return next.merge(sensor, 1L, Long::sum) - 1;
    }

    private static byte[] good(String sensor, long seq) {
        FrameFields fields = FrameFields.of(sensor, 360, 1, SmallNetworks.matrix().idBits(), SmallNetworks.N,
                SmallNetworks.M);
        return WRITER.write(fields.at(Ward.BOOT, seq), Ward.measurements(sensor, seq));
    }

    private void awaitSignals() throws Exception {
        await().atMost(WAIT).until(() -> ledger.signalCount() >= signals);
        assertEquals(signals, ledger.signalCount(), gateway.log());
    }
}
