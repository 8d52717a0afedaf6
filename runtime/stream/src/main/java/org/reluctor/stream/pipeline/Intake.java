package org.reluctor.stream.pipeline;

import java.util.Arrays;
import java.util.Objects;
import org.reluctor.stream.StreamEvents;
import org.reluctor.stream.codec.QuotedText;
import org.reluctor.stream.mqtt.Inbox;
import org.reluctor.stream.mqtt.MqttSession;

/**
 * All slots of a gateway, the free ones and the queue of arrived frames that the engine has not taken yet. Bounded: for
 * QoS 1 frames there are slots for two receive maxima, because after a lost connection frames of the old one may still
 * be under way while the broker delivers them again; QoS 0 frames have a share of their own, of which the oldest
 * waiting one gives way. A broker that sends more than the receive maximum (mosquitto 2.0.11 does once it has queued)
 * is held back by TCP: the client library's thread waits here, and nothing more is read from the connection. Of a
 * payload over the frames' limit only size and hash are kept, so that the memory is bounded by slots times that limit,
 * whatever the broker lets through. Safe for several threads; allocates nothing for a frame within the limit.
 */
final class Intake implements Inbox {
    private static final long ROOM_CHECK_MILLIS = 20;

    private final int mostBytes;
    private final Slot[] all;
    private final SlotRing arrived;
    private final Slot[] freeReliable;
    private final Slot[] freeUnreliable;
    private final Doorbell engine;
    private final StreamCounters counters;
    private final StreamEvents events;
    private int freeReliableCount;
    private int freeUnreliableCount;
    private long reliableArrivals;
    private boolean closed;
    private long blockedSinceNanos;
    private boolean blocked;

    /**
     * @param receiveMaximum QoS 1 frames that one connection may leave unacknowledged
     * @param unreliable     QoS 0 frames in memory at most
     * @param mostBytes      of a payload that is kept
     * @param engine         rung when a frame arrived
     */
    Intake(int receiveMaximum, int unreliable, int mostBytes, Doorbell engine, StreamCounters counters,
            StreamEvents events) {
        int reliable = 2 * receiveMaximum;
        this.mostBytes = mostBytes;
        this.engine = engine;
        this.counters = counters;
        this.events = events;
        this.all = new Slot[reliable + unreliable];
        this.arrived = new SlotRing(all.length);
        this.freeReliable = new Slot[reliable];
        this.freeUnreliable = new Slot[unreliable];
        for (int i = 0; i < all.length; i++) {
            all[i] = new Slot(i < reliable);
            put(all[i]);
        }
    }

    int capacity() {
        return all.length;
    }

    /** Makes room for signals of that many samples in all slots at once. */
    void reserve(int samples) {
        for (Slot slot : all) {
            slot.reserve(samples);
        }
    }

    @Override
    public void arrived(MqttSession session, String topic, byte[] payload, int qos, int packetId, String contentType) {
        long now = System.nanoTime();
        // Before the lock: it takes milliseconds, which must not hold up the engine.
        Oversize oversize = payload.length > mostBytes ? Oversize.of(payload) : null;
        byte[] kept = oversize == null ? payload : null;
        if (qos == 0 ? putUnreliable(session, topic, kept, oversize, contentType, now)
                : putReliable(session, topic, kept, oversize, packetId, contentType, now)) {
            engine.ring();
        }
    }

    private boolean putUnreliable(MqttSession session, String topic, byte[] payload, Oversize oversize,
            String contentType, long now) {
        boolean full;
        synchronized (this) {
            if (closed) {
                return false;
            }
            counters.framesReceived.incrementAndGet();
            full = freeUnreliableCount == 0;
            Slot slot = unreliableSlot();
            if (slot != null) {
                slot.arrive(session, topic, payload, 0, contentType, now);
                slot.oversize = oversize;
                arrived.add(slot);
            }
        }
        if (full) {
            counters.queueDrops.incrementAndGet();
            events.queueDropped();
        }
        return true;
    }

    // What is not taken stays unacknowledged: the broker delivers it again at the next connection.
    private synchronized boolean putReliable(MqttSession session, String topic, byte[] payload, Oversize oversize,
            int packetId, String contentType, long now) {
        if (!closed && comesAgain(session, topic, payload, oversize, packetId)) {
            return true;
        }
        awaitRoom(session, now);
        // Once a frame of an ended session was left out, one behind it must not get in before it comes again.
        if (closed || !session.isOpen()) {
            return false;
        }
        if (freeReliableCount == 0) {
            throw new IllegalStateException("interrupted while it waited for room");
        }
        counters.framesReceived.incrementAndGet();
        reliableArrivals++;
        Slot slot = freeReliable[--freeReliableCount];
        slot.arrive(session, topic, payload, packetId, contentType, now);
        slot.oversize = oversize;
        arrived.add(slot);
        return true;
    }

    // A frame that still waits here, of a session that ended, and now comes in the next: it keeps its place and room,
    // unless a frame that came before it in this session stands behind it, and would be acknowledged after it.
    private boolean comesAgain(MqttSession session, String topic, byte[] payload, Oversize oversize, int packetId) {
        for (int i = behindThoseOf(session); i < arrived.size(); i++) {
            Slot waiting = arrived.get(i);
            if (waiting.reliable && !waiting.session.isOpen()
                    && waiting.topic.equals(topic) && Arrays.equals(waiting.payload, payload)
                    && Objects.equals(waiting.oversize, oversize)) {
                counters.framesReceived.incrementAndGet();
                reliableArrivals++;
                waiting.arriveAgain(session, packetId);
                return true;
            }
        }
        return false;
    }

    private int behindThoseOf(MqttSession session) {
        for (int i = arrived.size() - 1; i >= 0; i--) {
            if (arrived.get(i).reliable && arrived.get(i).session == session) {
                return i + 1;
            }
        }
        return 0;
    }

    private void awaitRoom(MqttSession session, long now) {
        while (freeReliableCount == 0 && !closed && session.isOpen()) {
            blockedSinceNanos = blocked ? blockedSinceNanos : now;
            blocked = true;
            try {
                // Woken by every slot that is given back; the time is for a session that ends meanwhile.
                wait(ROOM_CHECK_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        blocked = false;
    }

    @Override
    public void leftOut(String topic) {
        events.retainedFrame(QuotedText.of(topic));
    }

    /** How long a frame has been waiting for room, and the connection not been read, ns; 0 where none does. */
    synchronized long blockedNanos(long nowNanos) {
        return blocked ? nowNanos - blockedSinceNanos : 0;
    }

    // The oldest that waits, or null where none does: then the new one is what is dropped.
    private Slot unreliableSlot() {
        if (freeUnreliableCount > 0) {
            return freeUnreliable[--freeUnreliableCount];
        }
        for (int i = 0; i < arrived.size(); i++) {
            if (!arrived.get(i).reliable) {
                return arrived.remove(i);
            }
        }
        return null;
    }

    /** Takes up to {@code most} frames in order of arrival; returns how many. */
    synchronized int take(Slot[] into, int most) {
        int count = Math.min(most, arrived.size());
        for (int i = 0; i < count; i++) {
            into[i] = arrived.poll();
        }
        return count;
    }

    synchronized int waiting() {
        return arrived.size();
    }

    /** Arrival of the oldest waiting frame by System.nanoTime(); only while {@link #waiting} is not 0. */
    synchronized long oldestWaitingNanos() {
        return arrived.isEmpty() ? System.nanoTime() : arrived.get(0).arrivedNanos;
    }

    /** Gives a slot back that nothing refers to any more. */
    void release(Slot slot) {
        slot.clear();
        synchronized (this) {
            put(slot);
            if (blocked) {
                notifyAll();
            }
        }
    }

    private void put(Slot slot) {
        // Last in, first out: a quiet gateway touches few slots.
        if (slot.reliable) {
            freeReliable[freeReliableCount++] = slot;
        } else {
            freeUnreliable[freeUnreliableCount++] = slot;
        }
    }

    /** True where a whole receive maximum of QoS 1 frames finds room, so that connecting cannot overflow. */
    synchronized boolean hasRoomForConnection() {
        return 2 * freeReliableCount >= freeReliable.length;
    }

    /** QoS 1 frames that came so far, repeated ones among them. */
    synchronized long reliableArrivals() {
        return reliableArrivals;
    }

    /** From now on nothing is taken; what waits stays. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    /** Frames in memory: waiting, with the engine, or under way. */
    synchronized int inUse() {
        return all.length - freeReliableCount - freeUnreliableCount;
    }

    /** QoS 1 frames in memory. */
    synchronized int reliableInUse() {
        return freeReliable.length - freeReliableCount;
    }

    /** Age of the oldest frame in memory, ns; 0 where there is none. */
    synchronized long oldestAgeNanos(long nowNanos) {
        long age = 0;
        for (Slot slot : all) {
            // A free slot has no topic; its owner may be clearing it just now, which costs the figure nothing.
            if (slot.topic != null) {
                age = Math.max(age, nowNanos - slot.arrivedNanos);
            }
        }
        return age;
    }
}
