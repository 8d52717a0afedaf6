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
 * alone, once with a line in the log. Filled on the client library's thread, read on the node's.
 */
final class HostCommands implements Inbox {
    private final Queue<Arrival> arrived;
    private final Doorbell doorbell;
    private boolean rebirthWanted;
    private boolean complained;

    /** A command and where it is to be acknowledged. */
    private record Arrival(MqttSession session, int packetId, byte[] payload) {
    }

    HostCommands(int capacity, Doorbell doorbell) {
        this.arrived = new ArrayBlockingQueue<>(capacity);
        this.doorbell = doorbell;
    }

    @Override
    public void arrived(MqttSession session, String topic, byte[] payload, int qos, int packetId, String contentType) {
        // What finds no room is over what the broker was told that we take.
        if (arrived.offer(new Arrival(session, qos == 0 ? 0 : packetId, payload))) {
            doorbell.ring();
        }
    }

    /** Reads what has arrived; returns how many there were. */
    int read() {
        int count = 0;
        for (Arrival next = arrived.poll(); next != null; next = arrived.poll()) {
            read(next.payload);
            if (next.packetId != 0) {
                next.session.acknowledge(next.packetId);
            }
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

    boolean isRebirthWanted() {
        return rebirthWanted;
    }

    void rebirthTold() {
        rebirthWanted = false;
    }
}
