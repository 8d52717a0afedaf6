package org.reluctor.devicetests.performance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.reluctor.devicetests.Alone;

/**
 * The comparison of device-tests/bin/bench-relay in a few seconds, with bounds that a busy test machine keeps and a
 * gateway that waits where it should work does not.
 */
@Alone
class RelayIT {
    @Test
    void gateway_besideABareRelay_losesNothingAndKeepsPace() throws Exception {
        try (RelayComparison comparison = new RelayComparison()) {
            comparison.warmUp(1.5);
            comparison.measureLatency(3, 1);
            comparison.measureThroughput(1, 2);

            assertEquals(List.of(), comparison.failures());
            assertTrue(comparison.latencyRatio() <= 4, "p50 of the gateway over the relay's: "
                    + comparison.latencyRatio());
            assertTrue(comparison.throughputRatio() >= 0.25, "frames/s of the gateway over the relay's: "
                    + comparison.throughputRatio());
        }
    }
}
