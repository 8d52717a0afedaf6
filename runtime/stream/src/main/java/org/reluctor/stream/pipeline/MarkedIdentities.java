package org.reluctor.stream.pipeline;

import org.reluctor.stream.authentication.ReplayMarks;

/**
 * What the frames of a sensor with a key have shown of themselves: (boot, seq) grows with every frame, and whatever
 * does not lie beyond the last is a redelivery or a replay. A sensor that proves who it is can count its starts, too.
 */
final class MarkedIdentities implements SensorIdentities {
    private boolean marked;
    private long boot;
    private long seq;
    private long missing;

    /** Behind what was delivered before this process began; null for nothing. */
    MarkedIdentities(ReplayMarks.Mark delivered) {
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
        boolean next = !marked || otherSeq == (order == 0 ? seq + 1 : 0);
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
