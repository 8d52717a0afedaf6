package org.reluctor.devicetests.performance;

import java.util.Arrays;
import java.util.BitSet;
import org.reluctor.stream.codec.CborReader;

/**
 * When each frame was published and when its result came, by the frame's seq. Both a signal and a relayed frame begin
 * with the keys version, sensor, boot, seq, so one reader serves both and costs the same. Publishing and receiving may
 * be two threads.
 */
final class FrameLedger {
    private static final int MOST_UNDER_WAY = 1 << 16;
    /** Numbers in a signal take more bytes the larger they are. */
    private static final int TOLERANCE_BYTES = 24;

    private final long boot;
    private final int resultBytes;
    private final CborReader reader = new CborReader(2, 1 << 20);
    private final long[] sentNanos = new long[MOST_UNDER_WAY];
    private final BitSet seen = new BitSet();
    private long[] latencies = new long[1 << 12];
    private int received;
    private long duplicated;
    private long strange;
    private long lastNanos;

    /** @param resultBytes that every result has, but for {@link #TOLERANCE_BYTES} */
    FrameLedger(long boot, int resultBytes) {
        this.boot = boot;
        this.resultBytes = resultBytes;
    }

    /** Just before frame {@code seq} is published. */
    synchronized void sending(long seq, long nowNanos) {
        sentNanos[(int) (seq % MOST_UNDER_WAY)] = nowNanos;
    }

    /** True where this is the first result of a frame of ours. */
    synchronized boolean arrived(byte[] payload, long nowNanos) {
        long seq = seqOf(payload);
        if (seq < 0 || Math.abs(payload.length - resultBytes) > TOLERANCE_BYTES) {
            strange++;
            return false;
        }
        if (seen.get((int) seq)) {
            duplicated++;
            return false;
        }
        seen.set((int) seq);
        if (received == latencies.length) {
            latencies = Arrays.copyOf(latencies, 2 * received);
        }
        latencies[received++] = nowNanos - sentNanos[(int) (seq % MOST_UNDER_WAY)];
        lastNanos = nowNanos;
        return true;
    }

    private long seqOf(byte[] payload) {
        reader.reset(payload, 0, payload.length);
        reader.readMap();
        reader.readUnsigned();
        reader.skip();
        reader.readUnsigned();
        reader.skip();
        reader.readUnsigned();
        boolean ours = reader.readUnsigned() == boot;
        boolean fourth = reader.readUnsigned() == 3;
        long seq = reader.readUnsigned();
        return ours && fourth && reader.fault() == null ? seq : -1;
    }

    synchronized int received() {
        return received;
    }

    synchronized long duplicated() {
        return duplicated;
    }

    synchronized long strange() {
        return strange;
    }

    /** When the last result came. */
    synchronized long lastNanos() {
        return lastNanos;
    }

    synchronized long[] latencies() {
        return Arrays.copyOf(latencies, received);
    }
}
