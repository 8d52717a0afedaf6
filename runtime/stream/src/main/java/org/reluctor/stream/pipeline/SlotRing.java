package org.reluctor.stream.pipeline;

/** Slots in order, first in first out, in an array made once. Not safe for several threads: its user locks. */
final class SlotRing {
    private final Slot[] slots;
    private int head;
    private int size;

    SlotRing(int capacity) {
        this.slots = new Slot[capacity];
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    int capacity() {
        return slots.length;
    }

    void add(Slot slot) {
        if (size == slots.length) {
            throw new IllegalStateException("more than " + slots.length + " slots in a ring");
        }
        slots[index(size)] = slot;
        size++;
    }

    /** The slot at {@code position} from the oldest, 0. */
    Slot get(int position) {
        return slots[index(position)];
    }

    /** Takes the oldest out; null where there is none. */
    Slot poll() {
        if (size == 0) {
            return null;
        }
        Slot oldest = slots[head];
        slots[head] = null;
        head = index(1);
        size--;
        return oldest;
    }

    /** Takes the slot at {@code position} out; those behind move up. */
    Slot remove(int position) {
        Slot removed = get(position);
        for (int i = position; i < size - 1; i++) {
            slots[index(i)] = slots[index(i + 1)];
        }
        slots[index(size - 1)] = null;
        size--;
        return removed;
    }

    private int index(int position) {
        int at = head + position;
        return at < slots.length ? at : at - slots.length;
    }
}
