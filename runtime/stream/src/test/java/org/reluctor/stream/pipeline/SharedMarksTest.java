package org.reluctor.stream.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
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
        BrokerOptions broker = BrokerOptions.at("tcp://host:1883").clientId("east").build();
        GatewayOptions options = GatewayOptions.builder("lab", "gw", broker, broker.change().clientId("out").build())
                .build();
        return new SharedMarks(options, PARTITION, new Authentication(new SensorKeys(folder.resolve("keys")), file));
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
            standby.heard(message.topic(), message.payload());
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
        standby.heard(other, good.payload());
        standby.heard(good.topic().replace("lab/a", "../keys"), good.payload());
        standby.heard(good.topic().replace("lab/a", "lab/unknown"), good.payload());
        standby.heard(good.topic(), new byte[0]);
        for (int i = 0; i < good.payload().length; i++) {
            byte[] altered = good.payload().clone();
            altered[i] ^= 1;
            standby.heard(good.topic(), altered);
        }
        assertNull(standbys.find("lab/a"));
        assertNull(standbys.find("lab/b"));
        standbys.delivered("lab/a", 1, 9);
        standby.heard(good.topic(), good.payload());
        assertEquals(new Mark(1, 9), standbys.find("lab/a"));
    }
}
