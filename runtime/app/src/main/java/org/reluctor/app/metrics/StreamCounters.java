package org.reluctor.app.metrics;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.reluctor.stream.ConnectFailure;
import org.reluctor.stream.Side;
import org.reluctor.stream.StreamEvents;

/**
 * Counts what {@link org.reluctor.stream.GatewayStats} does not: sizes, durations, connections that failed.
 * Thread-safe; what a good frame causes here allocates nothing.
 */
public final class StreamCounters implements StreamEvents {
    /** Latencies above are counted as this; longer ones are a stall, not a distribution. */
    private static final long MOST_MICROS = 3_600_000_000L;

    final LongAdder payloadBytes = new LongAdder();
    final LongAdder batches = new LongAdder();
    final LongAdder batchFrames = new LongAdder();
    final LongAdder internalErrors = new LongAdder();
    final LongAdder markFailures = new LongAdder();
    final LongAdder standDowns = new LongAdder();
    final LongAdder retainedFrames = new LongAdder();
    final Map<Side, LongAdder> connectFailures = new EnumMap<>(Side.class);
    final Map<Side, LongAdder> stalls = new EnumMap<>(Side.class);
    final DurationHistogram latency = new DurationHistogram();
    final DurationHistogram recovery = new DurationHistogram();
    private final Map<Side, Boolean> connected = new EnumMap<>(Side.class);
    private final Recorder latencyMicros = new Recorder(1, MOST_MICROS, 3);
    private final Histogram latencyTotal = new Histogram(1, MOST_MICROS, 3);

    /** All counts at zero. */
    public StreamCounters() {
        for (Side side : Side.values()) {
            connectFailures.put(side, new LongAdder());
            stalls.put(side, new LongAdder());
            connected.put(side, false);
        }
    }

    @Override
    public void connected(Side side, boolean sessionPresent, long epoch) {
        setConnected(side, true);
    }

    @Override
    public void disconnected(Side side, ConnectFailure why) {
        setConnected(side, false);
    }

    @Override
    public void connectFailed(Side side, ConnectFailure why, long retryInMillis) {
        connectFailures.get(side).increment();
    }

    @Override
    public void frameAccepted(String sensor, int bytes) {
        payloadBytes.add(bytes);
    }

    @Override
    public void batchRecovered(int frames, long nanos) {
        batches.increment();
        batchFrames.add(frames);
        recovery.record(nanos);
    }

    @Override
    public void signalDelivered(String sensor, long latencyNanos, float residual, boolean nobodyListens) {
        latency.record(latencyNanos);
        latencyMicros.recordValue(Math.min(MOST_MICROS, Math.max(1, latencyNanos / 1000)));
    }

    @Override
    public void stalled(Side side, long waitedMillis) {
        stalls.get(side).increment();
    }

    @Override
    public void stoodDown(long waitedMillis) {
        standDowns.increment();
    }

    @Override
    public void retainedFrame(String topic) {
        retainedFrames.increment();
    }

    @Override
    public void marksUnwritten() {
        markFailures.increment();
    }

    @Override
    public void internalError(String place, Throwable cause) {
        internalErrors.increment();
    }

    /** Whether the broker of that side is connected now. */
    public synchronized boolean isConnected(Side side) {
        return connected.get(side);
    }

    /** Latency from receipt to the confirmation downstream over all signals so far, in µs. */
    public synchronized Latency latency() {
        latencyTotal.add(latencyMicros.getIntervalHistogram());
        return new Latency(latencyTotal.getTotalCount(), latencyTotal.getValueAtPercentile(50),
                latencyTotal.getValueAtPercentile(99), latencyTotal.getMaxValue());
    }

    private synchronized void setConnected(Side side, boolean is) {
        connected.put(side, is);
    }

    /**
     * A distribution of latencies.
     *
     * @param count     signals
     * @param p50Micros median
     * @param p99Micros 99th percentile
     * @param maxMicros largest
     */
    public record Latency(long count, long p50Micros, long p99Micros, long maxMicros) {
    }
}
