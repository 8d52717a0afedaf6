package org.reluctor.stream.pipeline;

import java.util.Arrays;

/**
 * What the frames of a sensor without a key have shown of themselves: the last 1,024 identities (boot, seq, CRC-32C of
 * the payload) and where the numbering stands. Room for them grows with the frames that came, so that a flood of
 * invented sensors with a frame each costs little. A remembered identity is a redelivery or a replay. Whether its
 * signal went out already need not be known here: the ledger acknowledges in order of arrival, so a redelivered frame
 * always waits for the one it repeats.
 */
final class RememberedIdentities implements SensorIdentities {
    static final int REMEMBERED = 1024;
    private static final int FIRST = 16;

    private final boolean ordered;
    private long[] boots = {};
    private long[] seqs = {};
    private int[] checksums = {};
    private int count;
    private int next;
    private long highestBoot;
    private long highestSeq;
    private long lastSeq;
    private long missing;

    /** Of a sensor all of whose frames come here, in order. */
    RememberedIdentities() {
        this(true);
    }

    /** @param ordered false where others get some of the frames, and any may come late: only duplicates are told */
    RememberedIdentities(boolean ordered) {
        this.ordered = ordered;
    }

    @Override
    public Verdict judge(long boot, long seq, int checksum) {
        Verdict verdict = count == 0 ? Verdict.NEXT : compare(boot, seq, checksum);
        if (verdict != Verdict.DUPLICATE && verdict != Verdict.BOOT_BACK) {
            remember(boot, seq, checksum);
        }
        return verdict;
    }

    @Override
    public long missing() {
        return missing;
    }

    private Verdict compare(long boot, long seq, int checksum) {
        if (!ordered) {
            return isRemembered(boot, seq, checksum) ? Verdict.DUPLICATE : Verdict.NEXT;
        }
        int bootOrder = Long.compareUnsigned(boot, highestBoot);
        if (bootOrder > 0) {
            missing = -1;
            return seq == 0 ? Verdict.NEXT : Verdict.GAP;
        }
        boolean above = bootOrder == 0 && Long.compareUnsigned(seq, highestSeq) > 0;
        // Above everything seen nothing can be remembered: the common case needs no search.
        if (!above && isRemembered(boot, seq, checksum)) {
            return Verdict.DUPLICATE;
        }
        if (bootOrder < 0) {
            return Verdict.BOOT_BACK;
        }
        if (Long.compareUnsigned(seq, lastSeq) <= 0) {
            return Verdict.RESTART;
        }
        missing = seq - lastSeq - 1;
        return missing == 0 ? Verdict.NEXT : Verdict.GAP;
    }

    private boolean isRemembered(long boot, long seq, int checksum) {
        for (int i = 0; i < count; i++) {
            if (seqs[i] == seq && boots[i] == boot && checksums[i] == checksum) {
                return true;
            }
        }
        return false;
    }

    private void remember(long boot, long seq, int checksum) {
        boolean newBoot = count == 0 || boot != highestBoot;
        highestSeq = newBoot || Long.compareUnsigned(seq, highestSeq) > 0 ? seq : highestSeq;
        highestBoot = boot;
        lastSeq = seq;
        if (next == boots.length) {
            grow(Math.max(FIRST, 2 * next));
        }
        boots[next] = boot;
        seqs[next] = seq;
        checksums[next] = checksum;
        next = (next + 1) % REMEMBERED;
        count = Math.min(count + 1, REMEMBERED);
    }

    private void grow(int length) {
        boots = Arrays.copyOf(boots, length);
        seqs = Arrays.copyOf(seqs, length);
        checksums = Arrays.copyOf(checksums, length);
    }
}
