package org.reluctor.devicetests.exchange;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.reluctor.stream.BrokerOptions;
import org.reluctor.stream.SensorLink;
import org.reluctor.stream.SignalLink;
import org.reluctor.stream.Topics;
import org.reluctor.stream.codec.FrameFields;
import org.reluctor.stream.codec.FrameWriter;
import org.reluctor.stream.codec.Signal;
import org.reluctor.stream.codec.SignalFormatException;
import org.reluctor.stream.codec.SignalReader;

/**
 * A sensor at a steady rate and its subscriber, under one clock: every signal is held against what float64 makes of its
 * frame with the very network that it names, and latency is counted from when a frame was due, so that a stream that
 * stood still counts as late, too.
 */
final class LiveLoad implements AutoCloseable {
    private static final String SENSOR = "field/live-1";
    private static final Duration CONNECT = Duration.ofSeconds(20);
    private static final double TOLERANCE = 2e-4;
    private static final int PATIENCE_SECONDS = 30;

    private final long boot = System.currentTimeMillis();
    private final long pauseNanos;
    private final SensorLink sensor;
    private final SignalLink subscriber;
    private final SignalReader reader = new SignalReader(1 << 20);
    private final Map<Long, Release> releases = new ConcurrentHashMap<>();
    private final List<String> faults = new ArrayList<>();
    private long[] dueNanos = new long[1 << 14];
    private long[] latencies = new long[1 << 14];
    private int sent;
    /** First frame whose latency counts. */
    private int first;
    private int received;
    private int doubled;
    private long lastSeq = -1;
    private int lastVersion;
    private Thread sending;
    private volatile boolean ended;

    LiveLoad(String broker, int framesPerSecond) throws InterruptedException {
        this.pauseNanos = TimeUnit.SECONDS.toNanos(1) / framesPerSecond;
        Topics topics = new Topics("reluctor");
        this.subscriber = SignalLink.open(BrokerOptions.at(broker).clientId("live-subscriber").receiveMaximum(1000)
                .build(), List.of(topics.signal(SENSOR)), (topic, payload) -> arrived(payload));
        this.sensor = SensorLink.open(BrokerOptions.at(broker).clientId("live-sensor").receiveMaximum(1000).build(),
                topics);
        if (!subscriber.awaitConnected(CONNECT) || !sensor.awaitConnected(CONNECT)) {
            throw new IllegalStateException("the load is not connected");
        }
    }

    /** A network whose signals may come from now on. */
    void expect(Release release) {
        releases.put(release.modelId(), release);
    }

    void start() {
        sending = new Thread(this::send, "live-sensor");
        sending.start();
    }

    private void send() {
        FrameWriter writer = new FrameWriter();
        FrameFields fields = FrameFields.of(SENSOR, 360, 1, Release.MATRIX.idBits(), Release.MATRIX.columns(),
                Release.MATRIX.rows());
        long begin = System.nanoTime();
        try {
            for (long seq = 0; !ended; seq++) {
                long due = begin + seq * pauseNanos;
                for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                byte[] frame = writer.write(fields.at(boot, seq), Release.measurements(seq));
                sending(due);
                sensor.publish(SENSOR, frame);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void sending(long due) {
        if (sent == dueNanos.length) {
            dueNanos = Arrays.copyOf(dueNanos, 2 * sent);
            latencies = Arrays.copyOf(latencies, 2 * sent);
        }
        latencies[sent] = -1;
        dueNanos[sent++] = due;
    }

    private synchronized void arrived(byte[] payload) {
        long now = System.nanoTime();
        Signal signal;
        try {
            signal = reader.read(payload);
        } catch (SignalFormatException e) {
            faults.add("a signal that is none: " + e.getMessage());
            return;
        }
        int seq = (int) signal.seq();
        if (signal.boot() != boot || seq >= sent) {
            faults.add("a signal of frame " + signal.boot() + "/" + seq + ", which nobody sent");
            return;
        }
        if (latencies[seq] >= 0) {
            doubled++;
            return;
        }
        latencies[seq] = now - dueNanos[seq];
        received++;
        check(signal, seq);
    }

    private void check(Signal signal, int seq) {
        Release release = releases.get(signal.modelId());
        if (release == null) {
            faults.add(String.format("signal %d names network %016x, which was not released", seq, signal.modelId()));
            return;
        }
        if (seq != lastSeq + 1) {
            faults.add("signal " + seq + " came behind " + lastSeq);
        }
        lastSeq = seq;
        lastVersion = release.version();
        float[] wanted = release.signal(seq);
        double off = 0;
        double energy = 0;
        for (int i = 0; i < wanted.length; i++) {
            double difference = signal.x(0, i) - wanted[i];
            off += difference * difference;
            energy += (double) wanted[i] * wanted[i];
        }
        if (!(off <= TOLERANCE * TOLERANCE * energy)) {
            faults.add("signal " + seq + " is not what version " + release.version() + " makes of its frame");
        }
    }

    /** Version that made the last signal. */
    synchronized int version() {
        return lastVersion;
    }

    /** Latencies of what was sent so far are left out of the figures. */
    synchronized void forgetSoFar() {
        first = sent;
    }

    /** Frames sent so far. */
    synchronized int sent() {
        return sent;
    }

    synchronized int received() {
        return received;
    }

    synchronized int lost() {
        return sent - received;
    }

    synchronized int doubled() {
        return doubled;
    }

    synchronized List<String> faults() {
        return List.copyOf(faults);
    }

    /** Sends no more, and waits for the signals of what was sent. */
    void finish() throws InterruptedException {
        ended = true;
        sending.join();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (lost() > 0 && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        // A repetition would come right behind.
        TimeUnit.MILLISECONDS.sleep(200);
    }

    /** Latencies, ns, of frames that were due within one of the spans, or in none of them. Behind {@link #finish}. */
    synchronized long[] latencies(List<long[]> spans, boolean within) {
        return IntStream.range(first, sent).filter(seq -> latencies[seq] >= 0)
                .filter(seq -> spans.stream().anyMatch(span -> dueNanos[seq] - span[0] >= 0
                        && dueNanos[seq] - span[1] <= 0) == within)
                .mapToLong(seq -> latencies[seq]).sorted().toArray();
    }

    /** When each frame was due and its latency, ns. Behind {@link #finish}. */
    synchronized List<long[]> frames() {
        return IntStream.range(first, sent).mapToObj(seq -> new long[] {dueNanos[seq], latencies[seq]}).toList();
    }

    @Override
    public void close() {
        ended = true;
        sensor.close();
        subscriber.close();
    }
}
