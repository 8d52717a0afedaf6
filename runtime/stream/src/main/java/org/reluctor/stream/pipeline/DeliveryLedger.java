package org.reluctor.stream.pipeline;

import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The frames under way in order of arrival: which signal is to be sent next, which are unconfirmed, and which frames
 * may be acknowledged. A frame is acknowledged when it and all before it are done, through the session it arrived in
 * and no other (MQTT 5.0, section 4.6); so a frame that was delivered again waits here for the one it repeats. Confined
 * to the egress thread.
 */
final class DeliveryLedger {
    private final SlotRing slots;
    private final Consumer<Slot> release;
    // Everything before it was sent or is done, but for signals whose sensor has one under way or on hold.
    private int cursor;

    /** @param release takes back slots whose frames are settled */
    DeliveryLedger(int capacity, Consumer<Slot> release) {
        this.slots = new SlotRing(capacity);
        this.release = release;
    }

    void append(Slot slot) {
        slots.add(slot);
    }

    int size() {
        return slots.size();
    }

    /**
     * The next signal that may go out now, or null. The caller sends it, or calls {@link #rewind}.
     *
     * @param window signals of one sensor that may be under way together
     */
    Slot nextToSend(long nowNanos, int window) {
        for (; cursor < slots.size(); cursor++) {
            Slot slot = slots.get(cursor);
            if (slot.stage == Slot.Stage.TO_SEND && slot.sensor.hold.admits(nowNanos, window)) {
                return slot;
            }
        }
        return null;
    }

    /** Looks for signals to be sent from the oldest again: one was settled, or a hold may be over. */
    void rewind() {
        cursor = 0;
    }

    /** The connection is gone: what was under way is to be sent again, in order. */
    void resendAll() {
        for (int i = 0; i < slots.size(); i++) {
            Slot slot = slots.get(i);
            if (slot.stage == Slot.Stage.SENT) {
                slot.stage = Slot.Stage.TO_SEND;
                slot.sensor.hold.returned();
            }
        }
        cursor = 0;
    }

    /** Calls {@code taker} with every signal whose receipt has come, oldest first; returns how many. */
    int settle(Consumer<Slot> taker) {
        int settled = 0;
        for (int i = 0; i < slots.size(); i++) {
            if (slots.get(i).isSettled()) {
                settled++;
                taker.accept(slots.get(i));
            }
        }
        return settled;
    }

    /**
     * Acknowledges and gives back from the oldest on what is done; returns how many.
     *
     * @param mayLeave asked of each just before; one that may not keeps itself and all behind it here
     */
    int retire(Predicate<Slot> mayLeave) {
        int retired = 0;
        while (!slots.isEmpty() && slots.get(0).stage == Slot.Stage.DONE && mayLeave.test(slots.get(0))) {
            Slot slot = slots.poll();
            cursor = Math.max(0, cursor - 1);
            if (slot.reliable) {
                slot.session.acknowledge(slot.packetId);
            }
            release.accept(slot);
            retired++;
        }
        return retired;
    }

    /** Gives back what only waits for an acknowledgement that its lost session cannot take any more. */
    int dropUnacknowledgeable() {
        int dropped = 0;
        for (int i = slots.size() - 1; i >= 0; i--) {
            Slot slot = slots.get(i);
            if (slot.stage == Slot.Stage.DONE && slot.reliable && !slot.session.isOpen()) {
                slots.remove(i);
                release.accept(slot);
                dropped++;
            }
        }
        cursor = 0;
        return dropped;
    }
}
