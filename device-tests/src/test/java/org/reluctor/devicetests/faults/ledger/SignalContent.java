package org.reluctor.devicetests.faults.ledger;

import java.util.Arrays;
import java.util.Objects;
import org.reluctor.stream.codec.Signal;

/** What of a signal must be equal in two of the same identity: all but its latency and flags. */
final class SignalContent {
    private SignalContent() {
    }

    static int hash(Signal signal) {
        return Objects.hash(signal.sensor(), signal.boot(), signal.seq(), signal.hasT0(), signal.t0(),
                signal.rateNumerator(), signal.rateDenominator(), signal.n(), signal.channels(),
                Arrays.hashCode(signal.x()), signal.modelId(), signal.unit(), Float.floatToIntBits(signal.residual()),
                Float.floatToIntBits(signal.errorBound()));
    }
}
