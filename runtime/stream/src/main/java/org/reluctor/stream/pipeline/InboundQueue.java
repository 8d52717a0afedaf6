package org.reluctor.stream.pipeline;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import org.reluctor.stream.ConnectFailure;
import org.reluctor.stream.mqtt.Inbox;
import org.reluctor.stream.mqtt.LinkListener;
import org.reluctor.stream.mqtt.MqttLink;
import org.reluctor.stream.mqtt.MqttSession;

/**
 * Messages that arrived, handed to one listener in order on our thread, and acknowledged after it returned. While two
 * thousand wait, new QoS 0 messages are dropped and the connection is not read beyond the next QoS 1 message.
 */
public final class InboundQueue implements Pump, Inbox, LinkListener {
    private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final int MOST = 2000;
    private static final long ROOM_CHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int ROUND_MOST = 64;

    private final Queue<Arrival> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final Listener listener;
    private final Doorbell doorbell;
    private MqttLink link;

    public InboundQueue(BiConsumer<String, byte[]> listener, Doorbell doorbell) {
        this((session, topic, payload) -> listener.accept(topic, payload), doorbell);
    }

    InboundQueue(Listener listener, Doorbell doorbell) {
        this.listener = listener;
        this.doorbell = doorbell;
    }

    /** Hears of messages, with the connection that each came on, which may have ended meanwhile. */
    interface Listener {
        void heard(MqttSession session, String topic, byte[] payload);
    }

    /** Whether nothing waits that has arrived. */
    boolean isEmpty() {
        return waiting.get() == 0;
    }

    /** The link whose work is done here. Before the first round. */
    public void use(MqttLink source) {
        this.link = source;
    }

    @Override
    public void arrived(MqttSession session, String topic, byte[] payload, int qos, int packetId, String contentType) {
        if (qos == 0 ? waiting.get() >= MOST : !awaitRoom(session)) {
            return;
        }
        waiting.incrementAndGet();
        queue.add(new Arrival(session, topic, payload, qos, packetId));
        doorbell.ring();
    }

    // Brokers may send more than the receive maximum; then the connection is not read any further. False once the
    // session is over: what is behind a message left out must not get in before it comes again.
    private boolean awaitRoom(MqttSession session) {
        while (waiting.get() >= MOST && session.isOpen()) {
            LockSupport.parkNanos(ROOM_CHECK_NANOS);
        }
        return session.isOpen();
    }

    @Override
    public int doWork(long nowNanos) {
        int work = link.doWork(nowNanos);
        for (int i = 0; i < ROUND_MOST; i++) {
            Arrival next = queue.poll();
            if (next == null) {
                break;
            }
            waiting.decrementAndGet();
            listener.heard(next.session, next.topic, next.payload);
            if (next.qos == 1) {
                next.session.acknowledge(next.packetId);
            }
            work++;
        }
        return work;
    }

    @Override
    public long idleNanos(long nowNanos) {
        return IDLE_NANOS;
    }

    @Override
    public void connected(MqttSession session) {
        // The link has subscribed already.
    }

    @Override
    public void disconnected(MqttSession session, ConnectFailure why) {
        // What was not acknowledged comes again.
    }

    @Override
    public void connectFailed(ConnectFailure why, long retryInMillis) {
        // The link goes on trying and remembers why.
    }

    private record Arrival(MqttSession session, String topic, byte[] payload, int qos, int packetId) {
    }
}
