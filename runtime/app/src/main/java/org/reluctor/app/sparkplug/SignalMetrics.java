package org.reluctor.app.sparkplug;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.reluctor.stream.codec.Signal;
import org.reluctor.stream.quality.Amplitudes;

/** A signal as metrics of its sensor. */
final class SignalMetrics {
    /** The one metric that is large. */
    static final String SAMPLES = "Signal/Samples";
    private static final long CLOCKS_APART_MILLIS = TimeUnit.DAYS.toMillis(1);

    private SignalMetrics() {
    }

    /**
     * All metrics by name. Minimum, maximum, mean and root mean square are of the samples of this signal, in its unit;
     * the residual is ‖y − Φx̃‖/‖y‖.
     *
     * @param samples whether the samples themselves are among them
     */
    static Map<String, Object> of(Signal signal, boolean samples) {
        Map<String, Object> metrics = new LinkedHashMap<>();
        metrics.put("Signal/Boot", signal.boot());
        metrics.put("Signal/Sequence", signal.seq());
        Amplitudes amplitudes = Amplitudes.of(signal.x(), signal.x().length);
        metrics.put("Signal/Minimum", amplitudes.min());
        metrics.put("Signal/Maximum", amplitudes.max());
        metrics.put("Signal/Mean", amplitudes.mean());
        metrics.put("Signal/RMS", amplitudes.rms());
        metrics.put("Quality/Residual", signal.residual());
        metrics.put("Quality/Error Bound", signal.errorBound());
        metrics.put("Quality/Residual Over Limit", signal.has(Signal.FLAG_RESIDUAL));
        metrics.put("Quality/Outside Range", signal.has(Signal.FLAG_RANGE));
        metrics.put("Quality/Late", signal.has(Signal.FLAG_LATE));
        metrics.put("Quality/Frames Missing Before", signal.has(Signal.FLAG_GAP));
        metrics.put("Quality/Latency ms", signal.latencyMicros() / 1e3);
        metrics.put("Properties/Unit", signal.unit());
        metrics.put("Properties/Sampling Rate Hz", (double) signal.rateNumerator() / signal.rateDenominator());
        metrics.put("Properties/Channels", signal.channels());
        metrics.put("Properties/Samples Per Channel", signal.n());
        metrics.put("Properties/Network", String.format("%016x", signal.modelId()));
        if (samples) {
            metrics.put(SAMPLES, signal.x());
        }
        return metrics;
    }

    /**
     * When the signal's first sample was taken, ms since 1970 UTC; now where the sensor has no clock, or one that is
     * before 1970 or a day ahead.
     */
    static long millis(Signal signal, long nowMillis) {
        long millis = TimeUnit.NANOSECONDS.toMillis(signal.t0());
        boolean plausible = signal.hasT0() && millis >= 0 && millis <= nowMillis + CLOCKS_APART_MILLIS;
        return plausible ? millis : nowMillis;
    }
}
