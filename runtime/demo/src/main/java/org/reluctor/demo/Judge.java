package org.reluctor.demo;

import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.reluctor.stream.codec.Signal;
import org.reluctor.stream.codec.SignalFormatException;
import org.reluctor.stream.codec.SignalReader;

/**
 * Compares every signal with the truth, on a thread of its own: whoever receives signals only notes the time, so that
 * judging costs no latency. Keeps the {@link Tally}.
 */
final class Judge {
    private static final Arrival END = new Arrival(new byte[0], 0);
    private static final int MAX_SIGNAL_BYTES = 1 << 20;

    private final Acquisition acquisition;
    private final LinearStart linearStart;
    private final long boot;
    private final Tally tally;
    private final Spectator spectator;
    private final SignalReader reader = new SignalReader(MAX_SIGNAL_BYTES);
    private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
    private final Thread thread = new Thread(this::run, "demo-judge");
    private final float[] truth;
    private final float[] y;
    private volatile String fault;

    /** Sees every signal that was compared; called on the judge's thread. */
    @FunctionalInterface
    interface Spectator {
        /** @param y measurements that the signal was recovered from; must not be kept */
        void compared(int seq, Signal signal, float[] y);
    }

    private record Arrival(byte[] payload, long atNs) {
    }

    /** @param boot of the sensor; signals of another start are not ours and are passed over */
    Judge(Acquisition acquisition, LinearStart linearStart, long boot, Tally tally, Spectator spectator) {
        this.acquisition = acquisition;
        this.linearStart = linearStart;
        this.boot = boot;
        this.tally = tally;
        this.spectator = spectator;
        truth = new float[acquisition.matrix().columns()];
        y = new float[acquisition.matrix().rows()];
        thread.setDaemon(true);
        thread.start();
    }

    /** A signal arrived just now; returns at once. */
    void arrived(byte[] payload) {
        arrivals.add(new Arrival(payload, System.nanoTime()));
    }

    /** What was wrong with the first signal that could not be judged. */
    Optional<String> fault() {
        return Optional.ofNullable(fault);
    }

    private void run() {
        try {
            for (Arrival arrival = arrivals.take(); arrival != END; arrival = arrivals.take()) {
                judge(arrival);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void judge(Arrival arrival) {
        try {
            Signal signal = reader.read(arrival.payload);
            if (signal.boot() == boot) {
                judge(signal, arrival.atNs);
            }
        } catch (SignalFormatException | IllegalArgumentException e) {
            fault = fault == null ? e.getMessage() : fault;
        }
    }

    private void judge(Signal signal, long atNs) {
        if (signal.x().length != truth.length || signal.seq() < 0 || signal.seq() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("signal " + Long.toUnsignedString(signal.seq()) + " has "
                    + signal.x().length + " samples; " + truth.length + " were measured");
        }
        int seq = (int) signal.seq();
        if (tally.received(seq, atNs) < 0) {
            return;
        }
        acquisition.truth(seq, truth);
        acquisition.measurements(seq, y);
        double[] linear = linearStart.estimate(y);
        double energy = 0;
        double error = 0;
        double linearError = 0;
        for (int i = 0; i < truth.length; i++) {
            energy += (double) truth[i] * truth[i];
            error += square(signal.x()[i] - truth[i]);
            linearError += square(linear[i] - truth[i]);
        }
        tally.compared(energy, error, linearError);
        spectator.compared(seq, signal, y);
    }

    private static double square(double value) {
        return value * value;
    }

    /** Judges what has arrived, and ends. */
    void finish() throws InterruptedException {
        arrivals.add(END);
        thread.join();
    }
}
