package org.reluctor.stream.pipeline;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Iterator;
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
    /** A key that was changed is known after that at the latest. */
    private static final long KEY_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final int MOST_BYTES = 1024;
    private static final int VERSION = 1;
    private static final int PAIRS = 4;
    /** Marks are told again with the next frame, or at the next connection. */
    private static final PublishReceipt UNHEEDED = code -> { };

    private record KnownKey(FrameKey key, long readNanos) {
    }

    /** Where marks are kept. */
    @FunctionalInterface
    interface MarkFile {
        /** As {@link org.reluctor.stream.authentication.ReplayMarks#delivered}. */
        void delivered(String sensor, long boot, long seq) throws IOException;
    }

    private final Authentication authentication;
    private final MarkFile file;
    private final String prefix;
    private final Map<String, Mark> told = new HashMap<>();
    private final Map<String, KnownKey> keys = new HashMap<>();
    /** Heard, and not in the file yet. */
    private final Map<String, Mark> unwritten = new HashMap<>();
    private final Mac0Reader reader = new Mac0Reader(MOST_BYTES);
    private final Mac0Writer writer = new Mac0Writer();
    private MqttSession toldSession;
    private long dueNanos = System.nanoTime();
    private long writeNanos = dueNanos;
    private int published;
    private boolean full;

    SharedMarks(GatewayOptions options, Partition partition, Authentication authentication) {
        this(options, partition, authentication, authentication.marks()::delivered);
    }

    SharedMarks(GatewayOptions options, Partition partition, Authentication authentication, MarkFile file) {
        this.authentication = authentication;
        this.file = file;
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
        authentication.marks().forEach((sensor, mark) -> tell(session, sensor, mark, nowNanos));
        // What found no room in the connection's window has it in the next round.
        dueNanos = full ? nowNanos : nowNanos + PAUSE_NANOS;
        return published;
    }

    /** As {@link #publish}, whatever was told a moment ago. */
    int publishNow(MqttSession session, long nowNanos) {
        dueNanos = nowNanos;
        return publish(session, nowNanos);
    }

    private void tell(MqttSession session, String sensor, Mark mark, long nowNanos) {
        FrameKey key = full || mark.equals(told.get(sensor)) ? null : keyOf(sensor, KEY_NANOS, nowNanos);
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

    /** Takes a mark that another member told, where it is authentic; {@link #write} puts it into the file. */
    void heard(String topic, byte[] payload, long nowNanos) {
        String sensor = topic.substring(prefix.length());
        if (payload.length == 0 || !isSealed(sensor, payload, nowNanos)) {
            return;
        }
        Mark mark = decoded(sensor, payload, reader.payloadStart(), reader.payloadLength());
        if (mark != null) {
            unwritten.merge(sensor, mark, (one, other) -> one.isBefore(other.boot(), other.seq()) ? other : one);
        }
    }

    /** By the key as it was read, or, where that does not fit, as it is now. */
    private boolean isSealed(String sensor, byte[] payload, long nowNanos) {
        FrameKey known = keyOf(sensor, KEY_NANOS, nowNanos);
        if (known == null || reader.read(payload, sensor, known) == null) {
            return known != null;
        }
        FrameKey now = keyOf(sensor, PAUSE_NANOS, nowNanos);
        return now != null && now != known && reader.read(payload, sensor, now) == null;
    }

    /**
     * Puts what was heard into the file, where it is beyond what is there; after a failure, what is left, a second
     * later.
     *
     * @return whether nothing is left
     * @throws IOException if it cannot be written
     */
    boolean write(long nowNanos) throws IOException {
        if (unwritten.isEmpty() || nowNanos - writeNanos < 0) {
            return unwritten.isEmpty();
        }
        // Past, unless what follows fails.
        writeNanos = nowNanos + PAUSE_NANOS;
        IOException first = null;
        for (Iterator<Map.Entry<String, Mark>> left = unwritten.entrySet().iterator(); left.hasNext();) {
            Map.Entry<String, Mark> next = left.next();
            try {
                file.delivered(next.getKey(), next.getValue().boot(), next.getValue().seq());
                told.put(next.getKey(), next.getValue());
                left.remove();
            } catch (IOException e) {
                // Marks of other sensors may still find room.
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
        writeNanos = nowNanos;
        return true;
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

    /** Null where there is none; read anew where it was read longer ago. */
    private FrameKey keyOf(String sensor, long mostNanos, long nowNanos) {
        KnownKey known = keys.get(sensor);
        if (known != null && nowNanos - known.readNanos < mostNanos) {
            return known.key;
        }
        FrameKey found;
        try {
            found = Topics.isSensor(sensor) ? authentication.keys().find(sensor, Mac0Purpose.MARK) : null;
        } catch (SensorKeyException e) {
            // Such as a file that is being written. The sensor's first frame has it told.
            return known == null ? null : known.key;
        }
        if (found == null) {
            keys.remove(sensor);
        } else {
            keys.put(sensor, new KnownKey(found, nowNanos));
        }
        return found;
    }
}
