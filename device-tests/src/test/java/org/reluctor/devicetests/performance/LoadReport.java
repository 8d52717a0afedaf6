package org.reluctor.devicetests.performance;

import java.util.Arrays;

/**
 * What came of a load.
 *
 * @param sent       frames published
 * @param received   different results that came
 * @param duplicated results that came again
 * @param strange    results that were none of the frames' or of the wrong size
 * @param seconds    from the first publication to the last result
 * @param p50Micros  from publication to receipt, µs
 * @param p99Micros  from publication to receipt, µs
 */
record LoadReport(long sent, long received, long duplicated, long strange, double seconds, double p50Micros,
        double p99Micros) {

    static LoadReport of(FrameLedger ledger, long sent, double seconds) {
        long[] nanos = ledger.latencies();
        Arrays.sort(nanos);
        return new LoadReport(sent, ledger.received(), ledger.duplicated(), ledger.strange(), seconds,
                percentile(nanos, 0.50), percentile(nanos, 0.99));
    }

    private static double percentile(long[] sortedNanos, double share) {
        if (sortedNanos.length == 0) {
            return Double.NaN;
        }
        return sortedNanos[(int) Math.min(sortedNanos.length - 1L, Math.round(share * sortedNanos.length))] / 1000.0;
    }

    long lost() {
        return sent - received;
    }

    double framesPerSecond() {
        return received / seconds;
    }

    /** True where every frame had one result, as it should be. */
    boolean complete() {
        return sent > 0 && lost() == 0 && duplicated == 0 && strange == 0;
    }

    /** Why it is not {@link #complete}, or what came. */
    @Override
    public String toString() {
        return String.format("%d sent, %d lost, %d duplicated, %d strange, %.0f frames/s, p50 %.0f us, p99 %.0f us",
                sent, lost(), duplicated, strange, framesPerSecond(), p50Micros, p99Micros);
    }
}
