package org.reluctor.app.sparkplug;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.reluctor.stream.codec.Signal;

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
        addAmplitudes(metrics, signal.x());
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

    private static void addAmplitudes(Map<String, Object> metrics, float[] x) {
        float min = Float.POSITIVE_INFINITY;
        float max = Float.NEGATIVE_INFINITY;
        double sum = 0;
        double squares = 0;
        for (float sample : x) {
            min = Math.min(min, sample);
            max = Math.max(max, sample);
            sum += sample;
            squares += (double) sample * sample;
        }
        metrics.put("Signal/Minimum", min);
        metrics.put("Signal/Maximum", max);
        metrics.put("Signal/Mean", (float) (sum / x.length));
        metrics.put("Signal/RMS", (float) Math.sqrt(squares / x.length));
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
