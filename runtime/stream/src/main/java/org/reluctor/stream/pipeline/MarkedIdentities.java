package org.reluctor.stream.pipeline;

import org.reluctor.stream.authentication.ReplayMarks;

/**
 * What the frames of a sensor with a key have shown of themselves: (boot, seq) grows with every frame, and whatever
 * does not lie beyond the last is a redelivery or a replay. A sensor that proves who it is can count its starts, too.
 */
final class MarkedIdentities implements SensorIdentities {
    private boolean marked;
    /** The mark may lag behind what another gateway delivered: the frames between are no gap. */
    private boolean lagging;
    private long boot;
    private long seq;
    private long missing;

    /**
     * @param delivered before this process began, or before it took the partition over; null for nothing
     * @param lagging   whether more may have been delivered, by another gateway
     */
    MarkedIdentities(ReplayMarks.Mark delivered, boolean lagging) {
        this.lagging = lagging;
        this.marked = delivered != null;
        this.boot = marked ? delivered.boot() : 0;
        this.seq = marked ? delivered.seq() : 0;
    }

    @Override
    public Verdict judge(long otherBoot, long otherSeq, int checksum) {
        int order = marked ? Long.compareUnsigned(otherBoot, boot) : 1;
        if (order < 0 || order == 0 && Long.compareUnsigned(otherSeq, seq) <= 0) {
            return Verdict.DUPLICATE;
        }
        boolean next = !marked || lagging || otherSeq == (order == 0 ? seq + 1 : 0);
        lagging = false;
        missing = order == 0 ? otherSeq - seq - 1 : -1;
        marked = true;
        boot = otherBoot;
        seq = otherSeq;
        return next ? Verdict.NEXT : Verdict.GAP;
    }

    @Override
    public long missing() {
        return missing;
    }
}
