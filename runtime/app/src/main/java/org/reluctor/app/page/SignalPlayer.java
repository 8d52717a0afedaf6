package org.reluctor.app.page;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.reluctor.stream.codec.Signal;
import org.reluctor.stream.codec.SignalFormatException;
import org.reluctor.stream.codec.SignalReader;

/**
 * Plays the signals of one sensor as a pen draws them: at the signal's own pace, or, where a window lasts longer than a
 * second, in a second. Where signals come faster than that, some are left out, and the curve breaks. What has more
 * samples than a screen shows is told by the least and the largest of each bin. Confined to one thread.
 */
final class SignalPlayer {
    /** Points in a second of drawing; a bin has two. */
    static final int MOST_POINTS_PER_SECOND = 400;
    private static final int MOST_BYTES = 64 << 20;
    private static final int MOST_WINDOWS_AT_ONCE = 4;

    private final SignalReader reader = new SignalReader(MOST_BYTES);
    private Signal signal;
    private boolean joined;
    private long nextSeq;
    private long boot;
    private int at;
    private double owedSamples;
    private double drawnSeconds;

    /**
     * A part of one signal's first channel.
     *
     * @param signal  that it is of
     * @param begins  whether it is the signal's first
     * @param joined  whether it continues what was drawn before
     * @param seconds of drawing, at its first point
     * @param step    seconds of drawing from point to point
     * @param speed   seconds of the signal in a second of drawing
     * @param points  evenly spaced
     */
    record Stretch(Signal signal, boolean begins, boolean joined, double seconds, double step, double speed,
            float[] points) {
    }

    /** What is drawn in the next {@code seconds}; {@code next} gives the next payload or null. */
    List<Stretch> advance(double seconds, Supplier<byte[]> next) {
        List<Stretch> stretches = new ArrayList<>();
        double left = seconds;
        for (int i = 0; i < MOST_WINDOWS_AT_ONCE && left > 0 && isThere(next); i++) {
            double pace = pace(signal);
            owedSamples += left * pace;
            int count = Math.min((int) owedSamples, signal.n() - at);
            if (count > 0) {
                stretches.add(stretch(count, pace));
            }
            owedSamples -= count;
            left = 0;
            if (at == signal.n()) {
                left = owedSamples / pace;
                owedSamples = 0;
                signal = null;
            }
        }
        return stretches;
    }

    /** Samples a second of drawing. */
    private static double pace(Signal signal) {
        return Math.max((double) signal.rateNumerator() / signal.rateDenominator(), signal.n());
    }

    private boolean isThere(Supplier<byte[]> next) {
        while (signal == null) {
            byte[] payload = next.get();
            if (payload == null) {
                owedSamples = 0;
                return false;
            }
            begin(payload);
        }
        return true;
    }

    private void begin(byte[] payload) {
        try {
            Signal read = reader.read(payload);
            if (read.n() < 1 || read.rateDenominator() == 0) {
                return;
            }
            joined = read.boot() == boot && read.seq() == nextSeq;
            boot = read.boot();
            nextSeq = read.seq() + 1;
            at = 0;
            signal = read;
        } catch (SignalFormatException e) {
            // Our own encoder's work is readable; were it not, subscribers would tell, and the page shows the next.
            signal = null;
        }
    }

    private Stretch stretch(int count, double pace) {
        double duration = count / pace;
        int bins = (int) Math.max(1, MOST_POINTS_PER_SECOND * duration / 2);
        float[] points = count <= 2 * bins ? raw(count) : binned(count, bins);
        double rate = (double) signal.rateNumerator() / signal.rateDenominator();
        Stretch stretch = new Stretch(signal, at == 0, joined, drawnSeconds, duration / points.length, pace / rate,
                points);
        drawnSeconds += duration;
        at += count;
        joined = true;
        return stretch;
    }

    private float[] raw(int count) {
        float[] points = new float[count];
        System.arraycopy(signal.x(), at, points, 0, count);
        return points;
    }

    private float[] binned(int count, int bins) {
        float[] points = new float[2 * bins];
        for (int bin = 0; bin < bins; bin++) {
            int low = at + (int) ((long) bin * count / bins);
            int high = low;
            for (int i = low + 1; i < at + (int) ((bin + 1L) * count / bins); i++) {
                low = signal.x()[i] < signal.x()[low] ? i : low;
                high = signal.x()[i] > signal.x()[high] ? i : high;
            }
            points[2 * bin] = signal.x()[Math.min(low, high)];
            points[2 * bin + 1] = signal.x()[Math.max(low, high)];
        }
        return points;
    }
}
