package org.reluctor.devicetests.quality;

import java.util.Arrays;

/**
 * How often a bound held, and what it cost.
 *
 * @param ratios       bound over true error of each frame
 * @param frameBytes   of a frame with its held-out measurements
 * @param plainBytes   of the same without
 * @param signalBytes  that a signal has more
 * @param boundNanos   of the gateway's processor for a bound
 * @param measureNanos of this machine's processor for the held-out measurements, as the simulated sensor takes them
 * @param clipped      measurements beyond the sensor's range
 */
record Coverage(double[] ratios, int frameBytes, int plainBytes, int signalBytes, double boundNanos,
        double measureNanos, long clipped) {
    int frames() {
        return ratios.length;
    }

    /** Share of frames whose error was not above the bound, in percent. */
    double percent() {
        return 100.0 * Arrays.stream(ratios).filter(ratio -> ratio >= 1).count() / ratios.length;
    }

    /** Bound over error, in the middle of all frames. */
    double medianRatio() {
        double[] sorted = ratios.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
