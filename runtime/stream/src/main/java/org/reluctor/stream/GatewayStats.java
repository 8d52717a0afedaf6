package org.reluctor.stream;

import java.util.Map;
import org.reluctor.stream.codec.FrameFault;

/**
 * Counts since the gateway was opened, and what is under way now; every figure is right by itself, together they are a
 * snapshot only where nothing moves.
 *
 * @param framesReceived     all that arrived, redelivered ones included
 * @param framesAccepted     decoded and given to a recovery
 * @param framesRejected     by reason
 * @param duplicates         recognised by identity and payload
 * @param gaps               places where sequence numbers were missing
 * @param restarts           sensors that began again without a new boot
 * @param queueDrops         QoS 0 frames dropped at a full queue
 * @param signalsDelivered   confirmed by the downstream broker
 * @param signalsUnheard     of these, confirmed with "no matching subscribers"
 * @param signalsRefused     refusals by the downstream broker, repeated ones counted again
 * @param signalsDropped     lost by {@link OnRefused#DROP}
 * @param answersSent        on the error topic
 * @param answersSuppressed  over their rate, or not deliverable
 * @param recoveryFailures   batches that a device did not compute
 * @param ingressConnections connections made to the sensors' broker
 * @param egressConnections  connections made to the subscribers' broker
 * @param sensors            known now
 * @param inFlight           frames in memory now
 * @param oldestMillis       age of the oldest of them; 0 where there is none
 * @param deviceMillis       how long the present batch has been with the device, failed attempts included; 0 where
 *                           there is none
 * @param flaggedResidual    frames of a residual over its certified limit
 * @param flaggedRange       frames outside the certified range
 */
public record GatewayStats(long framesReceived, long framesAccepted, Map<FrameFault, Long> framesRejected,
        long duplicates, long gaps, long restarts, long queueDrops, long signalsDelivered, long signalsUnheard,
        long signalsRefused, long signalsDropped, long answersSent, long answersSuppressed, long recoveryFailures,
        long ingressConnections, long egressConnections, int sensors, int inFlight, long oldestMillis,
        long deviceMillis, long flaggedResidual, long flaggedRange) {

    /** Rejected frames over all reasons. */
    public long framesRejectedTotal() {
        return framesRejected.values().stream().mapToLong(Long::longValue).sum();
    }
}
