package org.reluctor.devicetests.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reluctor.devicetests.broker.Mosquitto;
import org.reluctor.stream.Gateway;
import org.reluctor.stream.SensorLink;
import org.reluctor.stream.SignalLink;
import org.reluctor.stream.StreamEvents;
import org.reluctor.stream.authentication.Authentication;
import org.reluctor.stream.authentication.ReplayMarks;
import org.reluctor.stream.authentication.SensorKeys;
import org.reluctor.stream.codec.FrameFault;
import org.reluctor.stream.codec.FrameKey;
import org.reluctor.stream.codec.FrameWriter;
import org.reluctor.stream.codec.Mac0Writer;

/** Attacks on a gateway that takes only frames with a MAC, by somebody whom the broker lets publish anything. */
class AuthenticatedFramesIT {
    private static final String OTHER = "lab/ecg-2";
    private static final int GOOD = 20;

    @TempDir
    Path folder;

    private final FrameWriter frames = new FrameWriter();
    private final Mac0Writer envelopes = new Mac0Writer();
    private final List<FrameFault> faults = new CopyOnWriteArrayList<>();
    private final AtomicInteger duplicates = new AtomicInteger();
    private final SignalRecorder signals = new SignalRecorder();
    private Path keys;
    private FrameKey key;
    private FrameKey otherKey;

    /** Told of every refusal and every repetition. */
    private final StreamEvents events = new StreamEvents() {
        @Override
        public void frameRejected(FrameFault fault, String detail, String sensor, long boot, long seq) {
            faults.add(fault);
        }

        @Override
        public void duplicate(String sensor, long boot, long seq) {
            duplicates.incrementAndGet();
        }
    };

    @BeforeEach
    void writeKeys() throws IOException {
        keys = Files.createDirectories(folder.resolve("keys/lab")).getParent();
        key = keyOf(StreamHarness.SENSOR, 1);
        otherKey = keyOf(OTHER, 2);
    }

    private FrameKey keyOf(String sensor, int seed) throws IOException {
        byte[] bytes = new byte[FrameKey.BYTES];
        new Random(seed).nextBytes(bytes);
        Files.writeString(keys.resolve(sensor + ".key"), HexFormat.of().formatHex(bytes) + "\n");
        return new FrameKey(bytes);
    }

    private Gateway open(Mosquitto broker, ReplayMarks marks) throws Exception {
        return StreamHarness.open(StreamHarness.gateway(broker, broker)
                .authentication(new Authentication(new SensorKeys(keys), marks)), new LinearRecovery(), events);
    }

    private byte[] good(long boot, long seq) {
        return envelopes.write(StreamHarness.frame(frames, StreamHarness.SENSOR, boot, seq), StreamHarness.SENSOR, key);
    }

    private void refused(SensorLink attacker, String topic, FrameFault fault, byte[] payload) throws Exception {
        int before = faults.size();
        attacker.publish(topic, payload);
        StreamHarness.until(fault + " refused", () -> faults.size() > before);
        assertEquals(fault, faults.get(before));
    }

    private static byte[] replaced(byte[] payload, String from, String to) {
        String hex = HexFormat.of().formatHex(payload);
        assertEquals(from.length(), to.length());
        return HexFormat.of().parseHex(hex.replaceFirst(from, to));
    }

    @Test
    void publish_whatNoKeyMade_isRefusedAndGoodFramesPass() throws Exception {
        try (Mosquitto broker = Mosquitto.start(folder);
                ReplayMarks marks = ReplayMarks.open(folder.resolve("marks"));
                SignalLink subscriber = StreamHarness.subscriber(broker, StreamHarness.TOPICS.signal("+/+"), signals);
                Gateway gateway = open(broker, marks);
                SensorLink sensor = StreamHarness.sensor(broker);
                SensorLink attacker = StreamHarness.sensor(broker)) {
            sensor.publish(StreamHarness.SENSOR, good(1, 0));
            byte[] later = good(1, 900);
            String topic = StreamHarness.SENSOR;
            refused(attacker, topic, FrameFault.ENVELOPE, StreamHarness.frame(frames, topic, 1, 900));
            refused(attacker, topic, FrameFault.MAC, alteredAt(later, later.length - 1));
            refused(attacker, topic, FrameFault.MAC, alteredAt(later, later.length / 2));
            refused(attacker, topic, FrameFault.ENVELOPE, Arrays.copyOf(later, later.length - 16));
            refused(attacker, topic, FrameFault.ALGORITHM, replaced(later, "43a10105", "43a10104"));
            refused(attacker, topic, FrameFault.KEY_ID, envelopes.write(frameOf(OTHER), OTHER, otherKey));
            refused(attacker, topic, FrameFault.MAC, envelopes.write(frameOf(topic), topic, otherKey));
            refused(attacker, topic, FrameFault.SENSOR_MISMATCH, envelopes.write(frameOf(OTHER), topic, key));
            refused(attacker, topic, FrameFault.NOT_CBOR, envelopes.write(new byte[] {1}, topic, key));
            refused(attacker, topic, FrameFault.WRONG_TYPE, envelopes.write(later, topic, key));
            refused(attacker, topic, FrameFault.TOO_LARGE, new byte[(256 << 10) + 1]);
            refused(attacker, "lab/unknown", FrameFault.NO_KEY, later);
            for (int seq = 1; seq < GOOD; seq++) {
                sensor.publish(topic, good(1, seq));
            }
            StreamHarness.until("all good frames", () -> signals.distinct() == GOOD);
            assertEquals(0, signals.disordered());
            assertEquals(12, faults.size());
            assertTrue(subscriber.lastFailure().isEmpty());
            assertEquals(1, gateway.stats().sensors());
        }
    }

    private byte[] frameOf(String sensor) {
        return StreamHarness.frame(frames, sensor, 1, 900);
    }

    private static byte[] alteredAt(byte[] payload, int index) {
        byte[] altered = payload.clone();
        altered[index] ^= 1;
        return altered;
    }

    /** The second gateway finds what the first had written when it was cut off. */
    @Test
    void publish_recordedFrames_areComputedOnceAlsoAfterARestart() throws Exception {
        try (Mosquitto broker = Mosquitto.start(folder);
                SignalLink subscriber = StreamHarness.subscriber(broker, StreamHarness.TOPICS.signal("+/+"), signals);
                SensorLink sensor = StreamHarness.sensor(broker);
                ReplayMarks cutOff = ReplayMarks.open(folder.resolve("marks"))) {
            try (Gateway gateway = open(broker, cutOff)) {
                sendAll(sensor, 1);
                StreamHarness.until("the good frames", () -> signals.distinct() == GOOD);
                StreamHarness.until("acknowledged", () -> gateway.stats().inFlight() == 0);
                sendAll(sensor, 1);
                StreamHarness.until("replays in the session", () -> duplicates.get() == GOOD);
            }
            // The first still holds its file's lock, which dies with a process, but not with this test's.
            Path found = Files.copy(folder.resolve("marks"), folder.resolve("found"));
            try (ReplayMarks marks = ReplayMarks.open(found); Gateway gateway = open(broker, marks)) {
                sendAll(sensor, 1);
                StreamHarness.until("replays after the restart", () -> duplicates.get() == 2 * GOOD);
                assertEquals(GOOD, signals.distinct());
                sendAll(sensor, 2);
                StreamHarness.until("the next boot", () -> signals.distinct() == 2 * GOOD);
                assertEquals(2 * GOOD, gateway.stats().signalsDelivered() + GOOD);
            }
            assertEquals(List.of(), faults);
            assertTrue(subscriber.lastFailure().isEmpty());
        }
    }

    @Test
    void publish_keyChangedInItsFile_theNewOneIsTakenAndTheOldOneRefused() throws Exception {
        try (Mosquitto broker = Mosquitto.start(folder);
                ReplayMarks marks = ReplayMarks.open(folder.resolve("marks"));
                SignalLink subscriber = StreamHarness.subscriber(broker, StreamHarness.TOPICS.signal("+/+"), signals);
                Gateway gateway = open(broker, marks);
                SensorLink sensor = StreamHarness.sensor(broker)) {
            sensor.publish(StreamHarness.SENSOR, good(1, 0));
            StreamHarness.until("the first frame", () -> signals.distinct() == 1);
            FrameKey old = key;
            key = keyOf(StreamHarness.SENSOR, 9);
            // A key is read again once a second at most.
            Thread.sleep(1100);
            sensor.publish(StreamHarness.SENSOR, good(1, 1));
            StreamHarness.until("a frame of the new key", () -> signals.distinct() == 2);
            assertEquals(List.of(), faults);
            key = old;
            refused(sensor, StreamHarness.SENSOR, FrameFault.MAC, good(1, 2));
            assertEquals(2, gateway.stats().framesAccepted());
            assertTrue(subscriber.lastFailure().isEmpty());
        }
    }

    private void sendAll(SensorLink sensor, long boot) throws Exception {
        for (int seq = 0; seq < GOOD; seq++) {
            sensor.publish(StreamHarness.SENSOR, good(boot, seq));
        }
    }
}
