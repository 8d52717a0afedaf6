package org.reluctor.devicetests.overload;

import java.util.Map;
import org.HdrHistogram.Histogram;
import org.reluctor.app.json.JsonText;

/**
 * Latencies of some frames, ns.
 *
 * @param whole     from a sensor's publish to its signal's arrival at the subscriber, the broker's queue included
 * @param inGateway from the gateway's receipt of the frame to the encoding of its signal
 */
record Latencies(Histogram whole, Histogram inGateway) {
    double p50Millis() {
        return whole.getValueAtPercentile(50) / 1e6;
    }

    double p99Millis() {
        return whole.getValueAtPercentile(99) / 1e6;
    }

    double gatewayP50Millis() {
        return inGateway.getValueAtPercentile(50) / 1e6;
    }

    double gatewayP99Millis() {
        return inGateway.getValueAtPercentile(99) / 1e6;
    }

    long count() {
        return whole.getTotalCount();
    }

    Map<String, Object> json() {
        return JsonText.map("frames", count(), "p50Ms", p50Millis(), "p99Ms", p99Millis(), "gatewayP50Ms",
                gatewayP50Millis(), "gatewayP99Ms", gatewayP99Millis());
    }

    @Override
    public String toString() {
        return String.format("%9d frames, p50 %9.1f ms, p99 %9.1f ms; in the gateway p50 %7.1f ms, p99 %7.1f ms",
                count(), p50Millis(), p99Millis(), gatewayP50Millis(), gatewayP99Millis());
    }
}
