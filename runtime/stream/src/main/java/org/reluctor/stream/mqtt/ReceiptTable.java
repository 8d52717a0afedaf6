package org.reluctor.stream.mqtt;

/**
 * The publications of one connection that are not confirmed yet: their packet ids, and who wants to hear. Bounded by
 * what the broker takes at once. Safe for several threads; allocates nothing once made.
 */
final class ReceiptTable {
    /** The client library numbers its own packets from 1. */
    static final int FIRST_ID = 0x4000;

    private final PublishReceipt[] receipts;
    private final long[] sinceNanos;
    // Places that are free, in the order in which they became so: an id rests as long as possible.
    private final int[] free;
    private int head;
    private int freeCount;
    private boolean lost;

    /** @param size unconfirmed publications at most; 0 to 0x4000 */
    ReceiptTable(int size) {
        receipts = new PublishReceipt[size];
        sinceNanos = new long[size];
        free = new int[size];
        freeCount = size;
        for (int i = 0; i < size; i++) {
            free[i] = i;
        }
    }

    /** A packet id for a publication whose outcome {@code receipt} is told; 0 where there is none. */
    synchronized int add(PublishReceipt receipt) {
        if (lost || freeCount == 0) {
            return 0;
        }
        int place = free[head];
        head = (head + 1) % free.length;
        freeCount--;
        receipts[place] = receipt;
        sinceNanos[place] = System.nanoTime();
        return FIRST_ID + place;
    }

    /** How long the oldest publication has been waiting for its confirmation, ns; 0 where none does. */
    synchronized long oldestNanos(long nowNanos) {
        long oldest = 0;
        for (int place = 0; freeCount < receipts.length && place < receipts.length; place++) {
            oldest = receipts[place] == null ? oldest : Math.max(oldest, nowNanos - sinceNanos[place]);
        }
        return oldest;
    }

    /** Tells the outcome of a publication; nothing where none of that id is waited for. */
    void settle(int packetId, int reasonCode) {
        PublishReceipt receipt = remove(packetId - FIRST_ID);
        if (receipt != null) {
            receipt.settled(reasonCode);
        }
    }

    private synchronized PublishReceipt remove(int place) {
        if (place < 0 || place >= receipts.length || receipts[place] == null) {
            return null;
        }
        PublishReceipt receipt = receipts[place];
        receipts[place] = null;
        free[(head + freeCount) % free.length] = place;
        freeCount++;
        return receipt;
    }

    /** The connection is over: everything that waits is lost, and nothing is taken any more. */
    void loseAll() {
        synchronized (this) {
            lost = true;
        }
        for (int place = 0; place < receipts.length; place++) {
            settle(FIRST_ID + place, PublishReceipt.LOST);
        }
    }
}
