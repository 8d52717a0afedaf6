package org.reluctor.devicetests.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reluctor.devicetests.broker.Mosquitto;
import org.reluctor.devicetests.disk.SmallDisk;
import org.reluctor.stream.Gateway;
import org.reluctor.stream.GatewayState;
import org.reluctor.stream.SensorLink;
import org.reluctor.stream.SignalLink;
import org.reluctor.stream.StreamEvents;
import org.reluctor.stream.authentication.Authentication;
import org.reluctor.stream.authentication.ReplayMarks;
import org.reluctor.stream.authentication.SensorKeys;
import org.reluctor.stream.codec.FrameKey;
import org.reluctor.stream.codec.FrameWriter;
import org.reluctor.stream.codec.Mac0Writer;

/** Replay marks on a disk that is full, in a file that has no room left of its own. */
class UnwrittenMarksIT {
    private static final int FRAMES = 30;
    /** Of 170 bytes: a page of the disk, which is given as a whole, has no room for another. */
    private static final int PAGE_RECORDS = 23;

    @TempDir
    Path folder;

    private final FrameWriter frames = new FrameWriter();
    private final Mac0Writer envelopes = new Mac0Writer();
    private final FrameKey key = new FrameKey(new byte[FrameKey.BYTES]);
    private final AtomicInteger unwritten = new AtomicInteger();
    private final SignalRecorder signals = new SignalRecorder();

    private final StreamEvents events = new StreamEvents() {
        @Override
        public void marksUnwritten() {
            unwritten.incrementAndGet();
        }
    };

    @Test
    void stream_markCannotBeWritten_acknowledgesNothingUntilItCan() throws Exception {
        assumeTrue(SmallDisk.isPossible(), "this user cannot mount a disk to fill");
        Path keys = Files.createDirectories(folder.resolve("keys/lab")).getParent();
        Files.writeString(keys.resolve(StreamHarness.SENSOR + ".key"), HexFormat.of().formatHex(
                new byte[FrameKey.BYTES]) + "\n");
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), 1);
                Mosquitto broker = Mosquitto.start(folder.resolve("broker"));
                SignalLink subscriber = StreamHarness.subscriber(broker, StreamHarness.TOPICS.signal("+/+"), signals);
                SensorLink sensor = StreamHarness.sensor(broker)) {
            Path file = disk.folder().resolve("marks");
            ReplayMarks cutOff = ReplayMarks.open(file);
            for (int i = 0; i < PAGE_RECORDS; i++) {
                cutOff.delivered("lab/before-" + i, 1, 0);
            }
            disk.fill();
            try (Gateway gateway = open(broker, keys, cutOff)) {
                for (int seq = 0; seq < FRAMES; seq++) {
                    sensor.publish(StreamHarness.SENSOR, envelopes.write(StreamHarness.frame(frames,
                            StreamHarness.SENSOR, 1, seq), StreamHarness.SENSOR, key));
                }
                StreamHarness.until("all signals", () -> signals.distinct() == FRAMES);
                StreamHarness.until("degraded", () -> gateway.state() == GatewayState.DEGRADED);
                assertEquals(FRAMES, gateway.stats().inFlight());
                assertNull(cutOff.find(StreamHarness.SENSOR));
            }
            // As after a restart: the broker kept every frame, and the disk has room again.
            disk.free();
            cutOff.close();
            try (ReplayMarks marks = ReplayMarks.open(file); Gateway gateway = open(broker, keys, marks)) {
                StreamHarness.until("all again", () -> signals.repeated() == FRAMES);
                StreamHarness.until("acknowledged", () -> gateway.stats().inFlight() == 0);
                assertEquals(new ReplayMarks.Mark(1, FRAMES - 1), marks.find(StreamHarness.SENSOR));
                assertEquals(0, signals.disordered());
            }
            assertTrue(unwritten.get() > 0 && subscriber.lastFailure().isEmpty());
        }
    }

    private Gateway open(Mosquitto broker, Path keys, ReplayMarks marks) throws Exception {
        return StreamHarness.open(StreamHarness.gateway(broker, broker)
                .authentication(new Authentication(new SensorKeys(keys), marks)), new LinearRecovery(), events);
    }
}
