package org.reluctor.app.page;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import org.reluctor.stream.StreamEvents;

/**
 * What happened lately: latencies of the last minute, and how busy the device was in each of its seconds. Counting is
 * for any thread and allocates nothing; the rest is confined to one.
 */
final class LiveFigures implements StreamEvents {
    private static final int DECADES = 5;
    private static final int CLASSES_PER_DECADE = 10;
    private static final int SECONDS = 60;
    private static final int RATE_SECONDS = 5;

    /** Upper edges of the classes of latency in µs: from 100 µs to 10 s, equally wide in logarithm. */
    private static final long[] EDGES_US = new long[DECADES * CLASSES_PER_DECADE + 1];

    static {
        Arrays.setAll(EDGES_US, i -> Math.round(100 * Math.pow(10, (double) i / CLASSES_PER_DECADE)));
    }

    private final AtomicLongArray latencies = new AtomicLongArray(EDGES_US.length);
    private final LongAdder busyNanos = new LongAdder();
    private final LongAdder batches = new LongAdder();
    private final LongAdder frames = new LongAdder();
    private final Deque<Second> seconds = new ArrayDeque<>();

    /** Sums at the end of a second. */
    private record Second(long nanoTime, long busyNanos, long batches, long frames, long[] latencies) {
    }

    LiveFigures() {
        second(System.nanoTime());
    }

    @Override
    public void batchRecovered(int count, long nanos) {
        busyNanos.add(nanos);
        batches.increment();
        frames.add(count);
    }

    @Override
    public void signalDelivered(String sensor, long latencyNanos, float residual, boolean nobodyListens) {
        int found = Arrays.binarySearch(EDGES_US, latencyNanos / 1000);
        latencies.incrementAndGet(Math.min(EDGES_US.length - 1, found < 0 ? -found - 1 : found));
    }

    /** A second has passed. */
    void second(long nanoTime) {
        long[] now = new long[EDGES_US.length];
        Arrays.setAll(now, latencies::get);
        seconds.addLast(new Second(nanoTime, busyNanos.sum(), batches.sum(), frames.sum(), now));
        if (seconds.size() > SECONDS + 1) {
            seconds.removeFirst();
        }
    }

    static long[] edgesUs() {
        return EDGES_US.clone();
    }

    /** Signals of the last minute by class of latency. */
    long[] latencyCounts() {
        long[] counts = new long[EDGES_US.length];
        Arrays.setAll(counts, i -> seconds.getLast().latencies[i] - seconds.getFirst().latencies[i]);
        return counts;
    }

    /** Latency below which that share of the last minute's signals was, in µs, by its class; 0 where there was none. */
    long latencyUs(double share) {
        long[] counts = latencyCounts();
        double wanted = share * Arrays.stream(counts).sum();
        double before = 0;
        for (int i = 0; wanted > 0 && i < counts.length; i++) {
            if (before + counts[i] >= wanted) {
                double inside = (wanted - before) / counts[i];
                return Math.round(EDGES_US[i] * Math.pow(10, (inside - 1) / CLASSES_PER_DECADE));
            }
            before += counts[i];
        }
        return 0;
    }

    /** Share of each of the last seconds that batches were with the device, in percent, the oldest first. */
    List<Double> loadPercent() {
        List<Double> load = new ArrayList<>();
        Second before = null;
        for (Second second : seconds) {
            if (before != null) {
                double percent = 100.0 * (second.busyNanos - before.busyNanos) / (second.nanoTime - before.nanoTime);
                load.add(Rounded.of(Math.min(100, percent), 1));
            }
            before = second;
        }
        return load;
    }

    /** Frames computed in each second of the last five, on average; 0 in the first. */
    double framesPerSecond() {
        Second last = seconds.getLast();
        Second first = seconds.stream().skip(Math.max(0, seconds.size() - RATE_SECONDS - 1)).findFirst().orElse(last);
        return first == last ? 0 : 1e9 * (last.frames - first.frames) / (last.nanoTime - first.nanoTime);
    }

    /** Frames in a batch over the last minute; NaN where there was none. */
    double framesPerBatch() {
        long count = seconds.getLast().batches - seconds.getFirst().batches;
        return (double) (seconds.getLast().frames - seconds.getFirst().frames) / count;
    }
}
