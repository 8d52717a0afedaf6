package org.reluctor.stream.pipeline;

/**
 * Slots on their way from the engine thread to the egress thread, in order of arrival. Never full: it has a place for
 * each.
 */
final class Transfer {
    private final SlotRing ring;
    private final Doorbell egress;

    Transfer(int capacity, Doorbell egress) {
        this.ring = new SlotRing(capacity);
        this.egress = egress;
    }

    void put(Slot[] slots, int count) {
        synchronized (this) {
            for (int i = 0; i < count; i++) {
                ring.add(slots[i]);
                slots[i] = null;
            }
        }
        egress.ring();
    }

    synchronized Slot poll() {
        return ring.poll();
    }
}
