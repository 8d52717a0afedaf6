package org.reluctor.stream.pipeline;

import org.reluctor.stream.codec.Frame;
import org.reluctor.stream.codec.FrameFault;
import org.reluctor.stream.mqtt.MqttSession;

/**
 * The place of one frame from its arrival to its acknowledgement. Made once, used again and again; belongs to the
 * intake, the engine thread and the egress thread in turn, handed over under a lock each time. Only {@link #settle} is
 * called from elsewhere.
 */
final class Slot {
    /** What the egress thread has to do with the slot. */
    enum Stage {
        /** Its signal waits to be published. */
        TO_SEND,
        /** Its signal is under way. */
        SENT,
        /** Nothing is left but the acknowledgement in its turn. */
        DONE
    }

    private static final float[] NOTHING = {};
    private static final int NO_RECEIPT = Integer.MIN_VALUE;

    final boolean reliable;
    final Frame frame = new Frame();

    // Set on arrival.
    MqttSession session;
    String topic;
    /** Null where {@link #oversize} stands for it, and from the egress thread's taking it on. */
    byte[] payload;
    /** Null where the payload is within the limit. */
    Oversize oversize;
    int packetId;
    String contentType;
    long arrivedNanos;

    // Set on the engine thread.
    SensorState sensor;
    RouteBatch route;
    long modelId;
    float[] x = NOTHING;
    float residual;
    /** Of the egress thread; NaN where the frame has no held-out measurements. */
    float errorBound = Float.NaN;
    int flags;
    boolean duplicate;
    FrameFault fault;
    String faultField;
    String faultDetail;

    // Of the egress thread.
    Stage stage;
    byte[] signal;
    private int ticket;
    // Ticket above, reason code below: a late receipt of an earlier sending does not match.
    private volatile long receipt;

    /** @param reliable for QoS 1 frames, which are acknowledged; else for QoS 0 frames, which may be dropped */
    Slot(boolean reliable) {
        this.reliable = reliable;
    }

    void arrive(MqttSession from, String toTopic, byte[] bytes, int id, String type, long nowNanos) {
        session = from;
        topic = toTopic;
        payload = bytes;
        packetId = id;
        contentType = type;
        arrivedNanos = nowNanos;
    }

    /** The frame is this sensor's, which stays known as long as the frame is in memory. */
    void belongTo(SensorState owner) {
        disown();
        sensor = owner;
        if (owner != null) {
            owner.inMemory.incrementAndGet();
        }
    }

    private void disown() {
        if (sensor != null) {
            sensor.inMemory.decrementAndGet();
            sensor = null;
        }
    }

    void reject(FrameFault why, String field, String detail) {
        fault = why;
        faultField = field;
        faultDetail = detail;
    }

    /** The frame came again, in a later session: there it is to be acknowledged. */
    void arriveAgain(MqttSession in, int id) {
        session = in;
        packetId = id;
    }

    /** True where the slot carries a signal or will. */
    boolean accepted() {
        return fault == null && !duplicate;
    }

    /** Makes room for a signal; allocates only where the slot never held so long a one. */
    void reserve(int samples) {
        if (x.length < samples) {
            x = new float[samples];
        }
    }

    /** Notes that the signal goes out now, and returns the ticket that its receipt must show. */
    int send() {
        stage = Stage.SENT;
        return ++ticket;
    }

    /** The receipt of the sending with this ticket; one that comes after a later sending's is ignored. Any thread. */
    synchronized void settle(int ofTicket, int reasonCode) {
        if (ofTicket - (int) (receipt >>> 32) >= 0) {
            receipt = (long) ofTicket << 32 | reasonCode & 0xFFFF_FFFFL;
        }
    }

    /** True where the present sending has its receipt. */
    boolean isSettled() {
        return stage == Stage.SENT && (int) (receipt >>> 32) == ticket;
    }

    int reasonCode() {
        return isSettled() ? (int) receipt : NO_RECEIPT;
    }

    /**
     * Forgets what only decoding and answering need: a frame may wait long for its acknowledgement, behind others whose
     * signals do not go out.
     */
    void forgetPayload() {
        payload = null;
        contentType = null;
        frame.forgetMeasurements();
    }

    /** Forgets the frame, so that nothing of it is kept from being collected. */
    void clear() {
        session = null;
        topic = null;
        payload = null;
        oversize = null;
        contentType = null;
        disown();
        route = null;
        errorBound = Float.NaN;
        flags = 0;
        duplicate = false;
        fault = null;
        faultField = null;
        faultDetail = null;
        signal = null;
        stage = null;
        frame.clear();
    }
}
