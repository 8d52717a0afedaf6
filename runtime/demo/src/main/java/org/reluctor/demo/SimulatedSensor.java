package org.reluctor.demo;

import java.util.concurrent.locks.LockSupport;
import org.reluctor.stream.codec.FrameFields;
import org.reluctor.stream.codec.FrameWriter;

/**
 * A compressive sensor: measures window after window of the recording and publishes each as a frame of 16-bit
 * integers, at a steady pace. Runs on the caller's thread.
 */
final class SimulatedSensor {
    private static final long CATCH_UP_NS = 100_000_000;

    private final Acquisition acquisition;
    private final FrameFields fields;
    private final long boot;
    private final Tally tally;
    private final Publisher publisher;
    private volatile boolean stopped;

    /** Where frames go. */
    @FunctionalInterface
    interface Publisher {
        void publish(byte[] frame) throws InterruptedException;
    }

    /**
     * @param sensor       site/sensor
     * @param sampleRateHz of the recording
     * @param boot         number of this start; grows from start to start
     */
    SimulatedSensor(Acquisition acquisition, String sensor, int sampleRateHz, long boot, Tally tally,
            Publisher publisher) {
        this.acquisition = acquisition;
        this.boot = boot;
        this.tally = tally;
        this.publisher = publisher;
        var matrix = acquisition.matrix();
        fields = FrameFields.of(sensor, sampleRateHz, 1, matrix.idBits(), matrix.columns(), matrix.rows())
                .scaled(acquisition.scale(), 0);
    }

    /**
     * Publishes for that long, or until {@link #stop}. After a hold-up it does not hurry to make up for more than a
     * tenth of a second: a burst would measure the queue, not the way.
     */
    void run(double framesPerSecond, double seconds) throws InterruptedException {
        FrameWriter writer = new FrameWriter();
        short[] counts = new short[acquisition.matrix().rows()];
        long intervalNs = (long) (1e9 / framesPerSecond);
        long endNs = System.nanoTime() + (long) (seconds * 1e9);
        long dueNs = System.nanoTime();
        for (int seq = 0; !stopped && dueNs < endNs; seq++) {
            acquisition.counts(seq, counts);
            byte[] frame = writer.write(fields.at(boot, seq), counts);
            sleepUntil(dueNs);
            long nowNs = System.nanoTime();
            tally.sent(seq, nowNs);
            publisher.publish(frame);
            dueNs = Math.max(dueNs + intervalNs, nowNs - CATCH_UP_NS);
        }
    }

    private void sleepUntil(long dueNs) throws InterruptedException {
        for (long left = dueNs - System.nanoTime(); left > 0 && !stopped; left = dueNs - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    /** Ends {@link #run} after the frame at hand. */
    void stop() {
        stopped = true;
    }
}
