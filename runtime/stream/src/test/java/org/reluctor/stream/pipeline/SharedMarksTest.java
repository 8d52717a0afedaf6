package org.reluctor.stream.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reluctor.stream.BrokerOptions;
import org.reluctor.stream.GatewayOptions;
import org.reluctor.stream.Partition;
import org.reluctor.stream.authentication.Authentication;
import org.reluctor.stream.authentication.ReplayMarks;
import org.reluctor.stream.authentication.ReplayMarks.Mark;
import org.reluctor.stream.authentication.SensorKeys;
import org.reluctor.stream.mqtt.OutboundMessage;

class SharedMarksTest {
    private static final Partition PARTITION = new Partition("east", Duration.ofSeconds(2), "gw-member");

    @TempDir
    Path folder;

    private final RecordedSession session = new RecordedSession();
    private ReplayMarks owners;
    private ReplayMarks standbys;
    private SharedMarks owner;
    private SharedMarks standby;
    private long now = System.nanoTime();

    @BeforeEach
    void open() throws Exception {
        key("lab/a", "11");
        key("lab/b", "22");
        owners = ReplayMarks.open(folder.resolve("owners"));
        standbys = ReplayMarks.open(folder.resolve("standbys"));
        owner = marks(owners);
        standby = marks(standbys);
    }

    private void key(String sensor, String digits) throws Exception {
        Path file = folder.resolve("keys").resolve(sensor + ".key");
        Files.createDirectories(file.getParent());
        Files.writeString(file, digits.repeat(32));
    }

    private SharedMarks marks(ReplayMarks file) {
        return marks(file, file::delivered);
    }

    private SharedMarks marks(ReplayMarks file, SharedMarks.MarkFile kept) {
        BrokerOptions broker = BrokerOptions.at("tcp://host:1883").clientId("east").build();
        GatewayOptions options = GatewayOptions.builder("lab", "gw", broker, broker.change().clientId("out").build())
                .build();
        return new SharedMarks(options, PARTITION, new Authentication(new SensorKeys(folder.resolve("keys")), file),
                kept);
    }

    private void hear(String topic, byte[] payload) throws IOException {
        standby.heard(topic, payload, now);
        standby.write(now);
    }

    private int publish() {
        now += TimeUnit.SECONDS.toNanos(2);
        return owner.publish(session, now);
    }

    @Test
    void publish_onceForEachChange_isKeptByTheStandby() throws Exception {
        owners.delivered("lab/a", 1, 7);
        owners.delivered("lab/b", 2, -1);
        assertEquals(2, publish());
        assertEquals(0, publish());
        owners.delivered("lab/a", 1, 8);
        assertEquals(1, publish());
        for (OutboundMessage message : session.published) {
            assertTrue(message.retained() && standby.isMark(message.topic()));
            hear(message.topic(), message.payload());
        }
        assertEquals(new Mark(1, 8), standbys.find("lab/a"));
        assertEquals(new Mark(2, -1), standbys.find("lab/b"));
    }

    @Test
    void heard_forgedAlteredMovedOrOlder_changesNothing() throws Exception {
        owners.delivered("lab/a", 1, 7);
        publish();
        OutboundMessage good = session.published.get(0);
        String other = good.topic().replace("lab/a", "lab/b");
        hear(other, good.payload());
        hear(good.topic().replace("lab/a", "../keys"), good.payload());
        hear(good.topic().replace("lab/a", "lab/unknown"), good.payload());
        hear(good.topic(), new byte[0]);
        for (int i = 0; i < good.payload().length; i++) {
            byte[] altered = good.payload().clone();
            altered[i] ^= 1;
            hear(good.topic(), altered);
        }
        assertNull(standbys.find("lab/a"));
        assertNull(standbys.find("lab/b"));
        standbys.delivered("lab/a", 1, 9);
        hear(good.topic(), good.payload());
        assertEquals(new Mark(1, 9), standbys.find("lab/a"));
    }

    /** A disk that was full for a moment must not leave the standby unfit until the next mark, which may never come. */
    @Test
    void write_failedOnce_isDoneASecondLater() throws Exception {
        AtomicBoolean full = new AtomicBoolean(true);
        standby = marks(standbys, (sensor, boot, seq) -> {
            if (full.get()) {
                throw new IOException("No space left on device");
            }
            standbys.delivered(sensor, boot, seq);
        });
        owners.delivered("lab/a", 1, 7);
        publish();
        standby.heard(session.published.get(0).topic(), session.published.get(0).payload(), now);
        assertThrows(IOException.class, () -> standby.write(now));
        assertFalse(standby.write(now), "not at once");
        full.set(false);
        now += TimeUnit.SECONDS.toNanos(1);
        assertTrue(standby.write(now));
        assertEquals(new Mark(1, 7), standbys.find("lab/a"));
    }

    @Test
    void key_changed_isReadAgainByBoth() throws Exception {
        owners.delivered("lab/a", 1, 7);
        publish();
        hear(session.published.get(0).topic(), session.published.get(0).payload());
        key("lab/a", "33");
        now += TimeUnit.SECONDS.toNanos(31);
        owners.delivered("lab/a", 1, 8);
        assertEquals(1, owner.publish(session, now));
        OutboundMessage anew = session.published.get(1);
        hear(anew.topic(), anew.payload());
        assertEquals(new Mark(1, 8), standbys.find("lab/a"));

        // The standby read the last key a moment ago, and a mark under the next one comes.
        key("lab/a", "44");
        owner = marks(owners);
        owners.delivered("lab/a", 1, 9);
        publish();
        hear(anew.topic(), session.published.get(2).payload());
        assertEquals(new Mark(1, 9), standbys.find("lab/a"));
    }
}
