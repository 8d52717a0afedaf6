package org.reluctor.learn.data;

import java.util.Arrays;
import org.reluctor.learn.algebra.Samples;

/**
 * Consecutive windows of equal length from one signal: what a sensor measures frame by frame. Samples are in the
 * signal's physical unit, (sample − zero) / gain, so that recordings of different gain can be mixed.
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
     * Windows of one channel, without those that hold a sample that was not valid; the rest at the end is left out.
     *
     * @param stride 1 for all windows, k for every k-th
     * @throws DataFormatException if the channel does not exist or is shorter than a window
     */
    public static Windows of(Recording record, int index, int length, int stride) {
        Channel channel = record.channel(index);
        if (record.length() < length) {
            throw new DataFormatException("record " + record.name() + " has " + record.length()
                    + " samples; a window needs " + length);
        }
        double[] samples = new double[(record.length() / length + stride - 1) / stride * length];
        int end = 0;
        for (int start = 0; start + length <= record.length(); start += stride * length) {
            if (isValid(channel, start, length)) {
                for (int at = start; at < start + length; at++) {
                    samples[end++] = channel.value(at);
                }
            }
        }
        return new Windows(record.name(), length, Arrays.copyOf(samples, end));
    }

    private static boolean isValid(Channel channel, int start, int length) {
        for (int at = start; at < start + length; at++) {
            if (!channel.isValid(at)) {
                return false;
            }
        }
        return true;
    }

    /** Number of windows. */
    public int count() {
        return samples.length / length;
    }

    /** The same as vectors, shared. */
    public Samples vectors() {
        return new Samples(length, samples);
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
