package org.reluctor.demo;

/**
 * What the demonstration has found so far. Every signal is compared with the recording.
 *
 * @param sent         frames that the sensor published
 * @param received     signals that came for them, each counted once
 * @param lost         while frames are on their way: those overtaken by a later one; at the end: sent − received
 * @param duplicated   signals that came again
 * @param rejected     frames that the gateway refused
 * @param compared     signals compared; follows {@code received} closely
 * @param prd          100·‖x − x̂‖/‖x‖ over all signals compared, percent; NaN before the first
 * @param prdLinear    the same for the network's linear start alone
 * @param latencyP50Us median from just before the frame's publish to the signal's receipt, microseconds
 * @param latencyP99Us 99th percentile of the same
 */
record Figures(long sent, long received, long lost, long duplicated, long rejected, long compared, double prd,
        double prdLinear, long latencyP50Us, long latencyP99Us) {

    /** Whether the demonstration showed what it promises: all delivered once, and better than the linear start. */
    boolean passed() {
        return sent > 0 && sent == received && lost == 0 && duplicated == 0 && rejected == 0 && compared == received
                && prd < prdLinear;
    }

    /** Signal-to-noise ratio in dB that belongs to a PRD in percent. */
    static double snr(double prd) {
        return -20 * Math.log10(prd / 100);
    }
}
