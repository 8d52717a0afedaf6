package org.reluctor.app.sparkplug;

import java.util.LinkedHashMap;
import java.util.Map;
import org.reluctor.app.command.Version;
import org.reluctor.stream.Gateway;
import org.reluctor.stream.GatewayStats;

/** State and counts of a gateway as metrics of the edge node. */
public final class GatewayMetrics {
    private static final String VERSION = Version.number();

    private GatewayMetrics() {
    }

    /**
     * All metrics by name, counts since the gateway was opened.
     *
     * @param device that computes
     */
    public static Map<String, Object> of(Gateway gateway, String device) {
        GatewayStats stats = gateway.stats();
        Map<String, Object> metrics = new LinkedHashMap<>();
        metrics.put("Properties/Version", VERSION);
        metrics.put("Properties/Device", device);
        metrics.put("Gateway/State", gateway.state().word());
        metrics.put("Gateway/Sensors", stats.sensors());
        metrics.put("Frames/Received", stats.framesReceived());
        metrics.put("Frames/Accepted", stats.framesAccepted());
        metrics.put("Frames/Rejected", stats.framesRejectedTotal());
        metrics.put("Frames/Duplicate", stats.duplicates());
        metrics.put("Frames/Gaps", stats.gaps());
        metrics.put("Signals/Delivered", stats.signalsDelivered());
        metrics.put("Signals/Refused", stats.signalsRefused());
        metrics.put("Signals/Dropped", stats.signalsDropped());
        metrics.put("Signals/Residual Over Limit", stats.flaggedResidual());
        metrics.put("Signals/Outside Range", stats.flaggedRange());
        metrics.put("Device/Failures", stats.recoveryFailures());
        return metrics;
    }
}
