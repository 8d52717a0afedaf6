package org.reluctor.app.sparkplug;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload;
import org.reluctor.stream.mqtt.Inbox;
import org.reluctor.stream.mqtt.MqttSession;
import org.reluctor.stream.pipeline.Doorbell;
import org.tinylog.Logger;

/**
 * What hosts write to the node (Sparkplug 3.0.0, section 6.4.22): the wish for a rebirth is heard, all else is left
 * alone, once with a line in the log. Few and small commands are kept. Filled on the client library's thread, read on
 * the node's.
 */
final class HostCommands implements Inbox {
    /** Of a command: a wish for a rebirth takes some forty. */
    static final int MOST_BYTES = 8 << 10;
    /** Of commands that wait. */
    static final int MOST = 8;

    private final Queue<byte[]> arrived = new ArrayBlockingQueue<>(MOST);
    private final Doorbell doorbell;
    private boolean rebirthWanted;
    private boolean complained;

    HostCommands(Doorbell doorbell) {
        this.doorbell = doorbell;
    }

    @Override
    public void arrived(MqttSession session, String topic, byte[] payload, int qos, int packetId, String contentType) {
        // What finds no room is as many wishes for the same thing.
        if (payload.length <= MOST_BYTES && arrived.offer(payload)) {
            doorbell.ring();
        }
        if (qos == 1) {
            session.acknowledge(packetId);
        }
    }

    /** Reads what has arrived; returns how many commands there were. */
    int read() {
        int count = 0;
        for (byte[] next = arrived.poll(); next != null; next = arrived.poll()) {
            read(next);
            count++;
        }
        return count;
    }

    private void read(byte[] payload) {
        try {
            for (Payload.Metric metric : Payload.parseFrom(payload).getMetricsList()) {
                if (!metric.getName().equals(MetricPayload.REBIRTH)) {
                    complain("names a metric that cannot be written; " + MetricPayload.REBIRTH + " can");
                }
                rebirthWanted |= metric.getName().equals(MetricPayload.REBIRTH) && metric.getBooleanValue();
            }
        } catch (InvalidProtocolBufferException e) {
            complain("is no payload of Sparkplug B: " + e.getMessage());
        }
    }

    private void complain(String what) {
        if (!complained) {
            Logger.warn("a command of a Sparkplug host {}; further ones are left alone without a word", what);
        }
        complained = true;
    }

    /** Whether a host waits for a birth; the node's thread. */
    boolean isRebirthWanted() {
        return rebirthWanted;
    }

    /** The wish is fulfilled; the node's thread. */
    void rebirthTold() {
        rebirthWanted = false;
    }
}
