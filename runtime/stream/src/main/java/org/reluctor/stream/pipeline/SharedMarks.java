package org.reluctor.stream.pipeline;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.reluctor.stream.GatewayOptions;
import org.reluctor.stream.Partition;
import org.reluctor.stream.Topics;
import org.reluctor.stream.authentication.Authentication;
import org.reluctor.stream.authentication.ReplayMarks.Mark;
import org.reluctor.stream.authentication.SensorKeyException;
import org.reluctor.stream.codec.CborReader;
import org.reluctor.stream.codec.CborWriter;
import org.reluctor.stream.codec.FrameKey;
import org.reluctor.stream.codec.Mac0Purpose;
import org.reluctor.stream.codec.Mac0Reader;
import org.reluctor.stream.codec.Mac0Writer;
import org.reluctor.stream.mqtt.MqttSession;
import org.reluctor.stream.mqtt.OutboundMessage;
import org.reluctor.stream.mqtt.PublishReceipt;

/**
 * How far each sensor's frames were delivered, told by the gateway that serves a partition to those that stand by: or
 * whoever recorded frames could have them computed again after a takeover. One retained message a sensor, at most every
 * second, in an envelope under that sensor's own key, which all members have; so nobody else can silence a sensor.
 * What was delivered in the last second before a takeover may be replayed until the sensor's next frame. Confined to
 * the control thread.
 */
final class SharedMarks {
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int MOST_BYTES = 1024;
    private static final int VERSION = 1;
    private static final int PAIRS = 4;
    /** Marks are told again with the next frame, or at the next connection. */
    private static final PublishReceipt UNHEEDED = code -> { };

    private final Authentication authentication;
    private final String prefix;
    private final Map<String, Mark> told = new HashMap<>();
    private final Map<String, FrameKey> keys = new HashMap<>();
    private final Mac0Reader reader = new Mac0Reader(MOST_BYTES);
    private final Mac0Writer writer = new Mac0Writer();
    private MqttSession toldSession;
    private long dueNanos = System.nanoTime();
    private int published;
    private boolean full;

    SharedMarks(GatewayOptions options, Partition partition, Authentication authentication) {
        this.authentication = authentication;
        this.prefix = options.topics().mark(options.site(), partition.name(), "");
    }

    /** Topic filter of all marks of the partition. */
    String filter() {
        return prefix + "+/+";
    }

    boolean isMark(String topic) {
        return topic.startsWith(prefix);
    }

    /** Tells what changed; returns how many. */
    int publish(MqttSession session, long nowNanos) {
        if (nowNanos - dueNanos < 0) {
            return 0;
        }
        if (session != toldSession) {
            toldSession = session;
            told.clear();
        }
        published = 0;
        full = false;
        authentication.marks().forEach((sensor, mark) -> tell(session, sensor, mark));
        // What found no room in the connection's window has it in the next round.
        dueNanos = full ? nowNanos : nowNanos + PAUSE_NANOS;
        return published;
    }

    /** As {@link #publish}, whatever was told a moment ago. */
    int publishNow(MqttSession session, long nowNanos) {
        dueNanos = nowNanos;
        return publish(session, nowNanos);
    }

    private void tell(MqttSession session, String sensor, Mark mark) {
        FrameKey key = full || mark.equals(told.get(sensor)) ? null : keyOf(sensor);
        if (key == null) {
            return;
        }
        byte[] envelope = writer.write(encoded(sensor, mark), sensor, key);
        OutboundMessage message = new OutboundMessage(prefix + sensor, envelope, 1, true, OutboundMessage.CBOR, false);
        full = !session.publish(message, UNHEEDED);
        if (!full) {
            told.put(sensor, mark);
            published++;
        }
    }

    private static byte[] encoded(String sensor, Mark mark) {
        CborWriter cbor = new CborWriter(MOST_BYTES);
        cbor.map(PAIRS);
        cbor.unsigned(0);
        cbor.unsigned(VERSION);
        cbor.unsigned(1);
        cbor.text(sensor);
        cbor.unsigned(2);
        cbor.unsigned(mark.boot());
        cbor.unsigned(3);
        cbor.unsigned(mark.seq());
        return cbor.toByteArray();
    }

    /**
     * Keeps a mark that another member told, where it is authentic and beyond ours.
     *
     * @throws IOException if it cannot be written
     */
    void heard(String topic, byte[] payload) throws IOException {
        String sensor = topic.substring(prefix.length());
        FrameKey key = payload.length == 0 ? null : keyOf(sensor);
        if (key == null || reader.read(payload, sensor, key) != null) {
            return;
        }
        Mark mark = decoded(sensor, payload, reader.payloadStart(), reader.payloadLength());
        if (mark != null) {
            authentication.marks().delivered(sensor, mark.boot(), mark.seq());
            told.put(sensor, mark);
        }
    }

    private static Mark decoded(String sensor, byte[] from, int offset, int length) {
        CborReader cbor = new CborReader(2, MOST_BYTES);
        cbor.reset(from, offset, length);
        boolean whole = cbor.readMap() == PAIRS && cbor.readUnsigned() == 0 && cbor.readUnsigned() == VERSION
                && cbor.readUnsigned() == 1 && text(cbor, from).equals(sensor) && cbor.readUnsigned() == 2;
        long boot = cbor.readUnsigned();
        whole &= cbor.readUnsigned() == 3;
        long seq = cbor.readUnsigned();
        cbor.end();
        return whole && cbor.fault() == null ? new Mark(boot, seq) : null;
    }

    private static String text(CborReader cbor, byte[] from) {
        int length = cbor.readText();
        return new String(from, cbor.contentStart(), length, StandardCharsets.UTF_8);
    }

    /** Read once: a key that is changed is read again at the next start, and until then its marks are not taken. */
    private FrameKey keyOf(String sensor) {
        FrameKey known = keys.get(sensor);
        if (known != null || !Topics.isSensor(sensor)) {
            return known;
        }
        try {
            FrameKey found = authentication.keys().find(sensor, Mac0Purpose.MARK);
            if (found != null) {
                keys.put(sensor, found);
            }
            return found;
        } catch (SensorKeyException e) {
            // The sensor's first frame has it told.
            return null;
        }
    }
}
