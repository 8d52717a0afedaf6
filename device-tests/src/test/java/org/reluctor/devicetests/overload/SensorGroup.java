package org.reluctor.devicetests.overload;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.reluctor.devicetests.command.RunningGateway;
import org.reluctor.devicetests.devicelost.NumberedFrames;
import org.reluctor.stream.BrokerOptions;
import org.reluctor.stream.SensorLink;
import org.reluctor.stream.Topics;
import org.reluctor.stream.codec.Signal;

/**
 * Sensors of one quality of service, which send in turn, on one thread and over one connection, at a rate that may be
 * changed at any time. Ends with {@link #close}.
 */
final class SensorGroup implements AutoCloseable {
    private static final Topics TOPICS = new Topics("reluctor");
    private static final int SENSORS = 3;
    private static final long BOOT = 1;
    /** Enough to keep the gateway's receive maximum full, together with what is on the wires. */
    private static final int FLAT_OUT_UNDER_WAY = 192;
    private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    /** A sender that was kept from its processor for longer does not make up for it. */
    private static final long MOST_BEHIND_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final int qos;
    private final List<SensorTrack> tracks;
    private final List<NumberedFrames> frames;
    private final SensorLink link;
    private final Thread thread;
    private volatile double perSecond;
    private volatile boolean flatOut;
    private volatile boolean ended;

    SensorGroup(String brokerUri, int qos) throws InterruptedException {
        this.qos = qos;
        this.tracks = IntStream.range(0, SENSORS)
                .mapToObj(i -> new SensorTrack(RunningGateway.SITE + "/qos" + qos + "-" + i)).toList();
        this.frames = tracks.stream().map(track -> new NumberedFrames(track.sensor(), BOOT)).toList();
        this.link = SensorLink.open(BrokerOptions.at(brokerUri).clientId("sensors-" + qos).build(), TOPICS);
        this.thread = new Thread(this::sendUntilEnd, "sensors-" + qos);
        if (!link.awaitConnected(Duration.ofSeconds(20))) {
            throw new IllegalStateException("the broker does not answer: " + link.lastFailure());
        }
        thread.setDaemon(true);
        thread.start();
    }

    /** Frames a second of all sensors together from now on. */
    void rate(double framesPerSecond) {
        perSecond = framesPerSecond;
        flatOut = false;
    }

    /** As fast as signals come back from now on. */
    void flatOut() {
        flatOut = true;
    }

    private void sendUntilEnd() {
        long next = System.nanoTime();
        try {
            for (int turn = 0; !ended;) {
                long now = System.nanoTime();
                boolean may = flatOut ? sent() - arrived() < FLAT_OUT_UNDER_WAY : perSecond > 0 && now >= next;
                if (!may) {
                    LockSupport.parkNanos(IDLE_NANOS / 4);
                    next = perSecond > 0 ? next : now;
                    continue;
                }
                send(turn++ % SENSORS);
                next = flatOut ? now : Math.max(next, now - MOST_BEHIND_NANOS) + (long) (1e9 / perSecond);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(int index) throws InterruptedException {
        SensorTrack track = tracks.get(index);
        int seq = track.sending();
        link.publish(TOPICS.frame(track.sensor()), frames.get(index).frame(seq), qos, "application/cbor");
    }

    /** Takes a signal where it is of these sensors. */
    void arrived(Signal signal) {
        for (SensorTrack track : tracks) {
            if (track.sensor().equals(signal.sensor())) {
                track.arrived((int) signal.seq(), (int) signal.latencyMicros());
            }
        }
    }

    int sent() {
        return tracks.stream().mapToInt(SensorTrack::sent).sum();
    }

    int arrived() {
        return tracks.stream().mapToInt(SensorTrack::arrived).sum();
    }

    int repeated() {
        return tracks.stream().mapToInt(SensorTrack::repeated).sum();
    }

    int disordered() {
        return tracks.stream().mapToInt(SensorTrack::disordered).sum();
    }

    boolean isCompleteBefore(long nanos) {
        return tracks.stream().allMatch(track -> track.isCompleteBefore(nanos));
    }

    /** Latencies of the frames sent in [from, to), by System.nanoTime. */
    Latencies latencies(long from, long to) {
        Histogram whole = new Histogram(3);
        Histogram inGateway = new Histogram(3);
        tracks.forEach(track -> track.latencies(from, to, whole::recordValue, inGateway::recordValue));
        return new Latencies(whole, inGateway);
    }

    /** Waits until the broker has all of them. */
    boolean flush(Duration timeout) throws InterruptedException {
        return link.flush(timeout);
    }

    @Override
    public void close() {
        ended = true;
        LockSupport.unpark(thread);
        link.close();
    }
}
