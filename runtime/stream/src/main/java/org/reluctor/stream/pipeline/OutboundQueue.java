package org.reluctor.stream.pipeline;

import java.util.concurrent.TimeUnit;
import org.reluctor.stream.ConnectFailure;
import org.reluctor.stream.mqtt.LinkListener;
import org.reluctor.stream.mqtt.MqttLink;
import org.reluctor.stream.mqtt.MqttSession;
import org.reluctor.stream.mqtt.OutboundMessage;
import org.reluctor.stream.mqtt.PublishReceipt;
import org.reluctor.stream.mqtt.ReasonCode;

/**
 * Messages to be published in order, a bounded number of them, each kept until it is confirmed and sent again on a new
 * connection. Safe for several threads; the work is done by one.
 */
public final class OutboundQueue implements Pump, LinkListener {
    private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Doorbell doorbell;
    private final Entry[] entries;
    private MqttLink link;
    private int head;
    private int size;
    private int sent;
    private long confirmed;
    private long refused;

    /** @param capacity unconfirmed messages at most */
    public OutboundQueue(int capacity, Doorbell doorbell) {
        this.doorbell = doorbell;
        this.entries = new Entry[capacity];
    }

    /** The link that carries the messages, and whose work is done here. Before the first round. */
    public void use(MqttLink carrier) {
        this.link = carrier;
    }

    /** Adds a message; waits while the queue is full. */
    public synchronized void put(OutboundMessage message) throws InterruptedException {
        while (size == entries.length) {
            wait();
        }
        entries[(head + size) % entries.length] = new Entry(message);
        size++;
        doorbell.ring();
    }

    /** Waits until nothing is unconfirmed; false where the time ends before. */
    public synchronized boolean awaitEmpty(long nanos) throws InterruptedException {
        long deadline = System.nanoTime() + nanos;
        for (long left = nanos; size > 0 && left > 0; left = deadline - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return size == 0;
    }

    public synchronized long confirmed() {
        return confirmed;
    }

    public synchronized long refused() {
        return refused;
    }

    @Override
    public int doWork(long nowNanos) {
        int work = link.doWork(nowNanos);
        MqttSession session = link.session();
        synchronized (this) {
            work += retire();
            work += session == null ? 0 : send(session);
        }
        return work;
    }

    @Override
    public long idleNanos(long nowNanos) {
        return IDLE_NANOS;
    }

    private int retire() {
        int retired = 0;
        for (; sent > 0 && entries[head].isSettled(); sent--) {
            if (ReasonCode.isRefusal(entries[head].code)) {
                refused++;
            } else {
                confirmed++;
            }
            entries[head] = null;
            head = (head + 1) % entries.length;
            size--;
            retired++;
        }
        if (retired > 0) {
            notifyAll();
        }
        return retired;
    }

    private int send(MqttSession session) {
        int before = sent;
        while (sent < size) {
            Entry entry = entries[(head + sent) % entries.length];
            if (entry.message.packetBytesAtMost() > session.maximumPacketBytes()) {
                // Sent, it would cost the connection, again and again.
                entry.code = ReasonCode.PACKET_TOO_LARGE;
            } else if (!session.publish(entry.message, entry.receiptOver(doorbell))) {
                break;
            }
            sent++;
        }
        return sent - before;
    }

    @Override
    public synchronized void connected(MqttSession session) {
        for (int i = 0; i < sent; i++) {
            entries[(head + i) % entries.length].forgetReceipt();
        }
        sent = 0;
    }

    @Override
    public void disconnected(MqttSession session, ConnectFailure why) {
        // What is unconfirmed is sent again at the next connection.
    }

    @Override
    public void connectFailed(ConnectFailure why, long retryInMillis) {
        // The link goes on trying and remembers why.
    }

    /** A message and what became of its last sending. */
    private static final class Entry {
        private static final int OPEN = Integer.MIN_VALUE;
        private final OutboundMessage message;
        private volatile Object sending;
        private volatile int code = OPEN;

        Entry(OutboundMessage message) {
            this.message = message;
        }

        PublishReceipt receiptOver(Doorbell doorbell) {
            Object mine = new Object();
            sending = mine;
            return reasonCode -> {
                // A receipt of an earlier connection says nothing about this sending.
                if (sending == mine && reasonCode != PublishReceipt.LOST) {
                    code = reasonCode;
                    doorbell.ring();
                }
            };
        }

        void forgetReceipt() {
            sending = null;
        }

        boolean isSettled() {
            return code != OPEN;
        }
    }
}
