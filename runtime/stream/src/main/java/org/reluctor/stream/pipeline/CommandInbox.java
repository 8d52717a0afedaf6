package org.reluctor.stream.pipeline;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.reluctor.stream.command.CommandMessage;
import org.reluctor.stream.mqtt.Correspondence;
import org.reluctor.stream.mqtt.Inbox;
import org.reluctor.stream.mqtt.MqttSession;

/**
 * Parts commands from frames as they arrive: a few commands may wait for the control thread, everything else goes to
 * the intake. What comes while the queue is full is counted and forgotten. Safe for several threads.
 */
final class CommandInbox implements Inbox {
    private static final int MOST_WAITING = 16;

    /**
     * A command that waits.
     *
     * @param payload  null where it was larger than any command
     * @param retained flag of the packet
     * @param about    where the answer is wanted
     */
    record Arrival(byte[] payload, boolean retained, Correspondence about) {
    }

    private final String topic;
    private final Inbox others;
    private final Runnable wake;
    private final Runnable overflow;
    private final BlockingQueue<Arrival> waiting = new ArrayBlockingQueue<>(MOST_WAITING);

    /**
     * @param topic    of the commands
     * @param others   takes everything else
     * @param wake     the control thread
     * @param overflow told of every command that found no room
     */
    CommandInbox(String topic, Inbox others, Runnable wake, Runnable overflow) {
        this.topic = topic;
        this.others = others;
        this.wake = wake;
        this.overflow = overflow;
    }

    @Override
    public void arrived(MqttSession session, String where, byte[] payload, int qos, int packetId, String contentType) {
        arrived(session, where, payload, qos, packetId, contentType, false, Correspondence.NONE);
    }

    @Override
    public void arrived(MqttSession session, String where, byte[] payload, int qos, int packetId, String contentType,
            boolean retained, Correspondence about) {
        if (!where.equals(topic)) {
            others.arrived(session, where, payload, qos, packetId, contentType, retained, about);
            return;
        }
        byte[] kept = payload.length > CommandMessage.MOST_BYTES ? null : payload;
        if (waiting.offer(new Arrival(kept, retained, about))) {
            wake.run();
        } else {
            overflow.run();
        }
        if (qos > 0) {
            // Of an older subscription in the same session; it must not block the frames.
            session.acknowledge(packetId);
        }
    }

    @Override
    public void leftOut(String where) {
        others.leftOut(where);
    }

    /** The next that waits, or null. */
    Arrival poll() {
        return waiting.poll();
    }
}
