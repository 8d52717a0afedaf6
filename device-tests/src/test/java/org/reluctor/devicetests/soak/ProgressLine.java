package org.reluctor.devicetests.soak;

import java.util.List;
import java.util.Locale;
import org.reluctor.devicetests.faults.ledger.Ledger;

/** What a soak says of itself every round, in one line. */
record ProgressLine(SoakPlan plan, Ledger ledger, List<Sample> samples, Latencies latencies) {
    /** @param seconds since the soak began */
    String of(List<FaultMark> faults, double seconds) {
        FaultMark last = faults.get(faults.size() - 1);
        double p99 = latencies.between(seconds - plan.roundSeconds(), seconds).getValueAtPercentile(99) / 1e3;
        return String.format(Locale.ROOT, "%7s of %s  %-28s well after %5.1f s   heap %6.2f MB  resident %7.2f MB"
                + "  handles %3.0f  threads %3.0f  p99 %6.2f ms  %,d frames", TimeWords.of(seconds),
                TimeWords.of(plan.length().toSeconds()), last.kind(), last.recoverySeconds(), latest(Figure.HEAP),
                latest(Figure.RESIDENT), latest(Figure.HANDLES), latest(Figure.THREADS), p99, ledger.frames());
    }

    private double latest(Figure figure) {
        synchronized (samples) {
            for (int i = samples.size() - 1; i >= 0; i--) {
                Double value = samples.get(i).values().get(figure);
                if (value != null) {
                    return value;
                }
            }
        }
        return Double.NaN;
    }
}
