package org.reluctor.learn.data;

import java.util.Arrays;

/**
 * Consecutive windows of equal length from one signal: what a sensor measures frame by frame. Samples are in the
 * signal's physical unit, (sample − baseline) / gain, so that recordings of different gain can be mixed.
 *
 * @param name    of the record
 * @param length  samples a window, n
 * @param samples row-major [count, length]; shared, not copied
 */
public record Windows(String name, int length, double[] samples) {
    public Windows {
        if (length < 1 || samples.length % length != 0) {
            throw new IllegalArgumentException(samples.length + " samples are no whole number of windows of " + length);
        }
    }

    /**
     * Windows of one signal, without those that hold a sample that was not valid; the rest at the end is left out.
     *
     * @param stride 1 for all windows, k for every k-th
     * @throws DataFormatException if the signal does not exist or is shorter than a window
     */
    public static Windows of(WfdbRecord record, int signal, int length, int stride) {
        if (signal >= record.signals().size()) {
            throw new DataFormatException("record " + record.name() + " has " + record.signals().size()
                    + " signals; signal " + signal + " (counted from 0) is not among them");
        }
        if (record.length() < length) {
            throw new DataFormatException("record " + record.name() + " has " + record.length()
                    + " samples; a window needs " + length);
        }
        WfdbSignal meaning = record.signals().get(signal);
        int[] raw = record.samples(signal);
        double[] samples = new double[(record.length() / length + stride - 1) / stride * length];
        int end = 0;
        for (int start = 0; start + length <= raw.length; start += stride * length) {
            if (isValid(record, signal, start, length)) {
                for (int at = start; at < start + length; at++) {
                    samples[end++] = (raw[at] - meaning.baseline()) / meaning.gain();
                }
            }
        }
        return new Windows(record.name(), length, Arrays.copyOf(samples, end));
    }

    private static boolean isValid(WfdbRecord record, int signal, int start, int length) {
        for (int at = start; at < start + length; at++) {
            if (!record.isValid(signal, at)) {
                return false;
            }
        }
        return true;
    }

    /** Number of windows. */
    public int count() {
        return samples.length / length;
    }

    /** Sum of the squares of all samples. */
    public double energy() {
        double sum = 0;
        for (double sample : samples) {
            sum += sample * sample;
        }
        return sum;
    }
}
