package org.reluctor.learn.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.reluctor.learn.data.Windows;

/**
 * Signals in the manner of an ECG, for tests that need no recordings: narrow pulses at random places, each followed by
 * a wide wave, on a wandering baseline; records differ in amplitude and widths.
 */
public final class PulseTrains {
    private PulseTrains() {
    }

    /** So many records of so many windows; the same seed gives the same signals. */
    public static List<Windows> records(int records, int windows, int length, long seed) {
        Random random = new Random(seed);
        List<Windows> result = new ArrayList<>();
        for (int record = 0; record < records; record++) {
            result.add(new Windows("s" + record, length, signal(windows * length, random)));
        }
        return result;
    }

    private static double[] signal(int samples, Random random) {
        double amplitude = 100 + 200 * random.nextDouble();
        double width = 1 + random.nextDouble();
        double phase = random.nextDouble();
        double[] signal = new double[samples];
        for (int at = 0; at < samples; at++) {
            signal[at] = amplitude * 0.3 * Math.sin(0.01 * at + 6 * phase);
        }
        for (int beat = random.nextInt(40); beat < samples; beat += 35 + random.nextInt(15)) {
            addPulse(signal, beat, amplitude, width);
            addPulse(signal, beat + 14, amplitude * 0.3, 4 * width);
        }
        for (int at = 0; at < samples; at++) {
            signal[at] = Math.rint(signal[at]);
        }
        return signal;
    }

    private static void addPulse(double[] signal, int centre, double amplitude, double width) {
        int reach = (int) Math.ceil(4 * width);
        for (int at = Math.max(0, centre - reach); at < Math.min(signal.length, centre + reach); at++) {
            double distance = (at - centre) / width;
            signal[at] += amplitude * Math.exp(-distance * distance / 2);
        }
    }
}
