package org.reluctor.devicetests.faults.ledger;

import java.util.ArrayList;
import java.util.List;

/**
 * What the books say.
 *
 * @param frames       that the broker took
 * @param signals      different ones that came
 * @param lost         frames without signal that are the runtime's loss
 * @param lostByBroker frames or signals that a broker lost after its last save
 * @param disordered   signals that came first behind a later one of their sensor
 * @param disorderedByBroker others that did, though the runtime had sent them in the order of their frames
 * @param duplicated   signals that had come before, with equal identity and equal content
 * @param spoilt       signals that are not what their frames must give, or differ under one identity, or of nobody
 * @param findings     the first of all that is wrong, by name
 */
public record Verdict(long frames, long signals, long lost, long lostByBroker, long disordered,
        long disorderedByBroker, long duplicated, long spoilt, List<String> findings) {

    /** The promise is kept. */
    public boolean isGood() {
        return lost == 0 && disordered == 0 && spoilt == 0 && findings.isEmpty();
    }

    /** Both together. */
    public Verdict and(Verdict other) {
        List<String> all = new ArrayList<>(findings);
        all.addAll(other.findings);
        return new Verdict(frames + other.frames, signals + other.signals, lost + other.lost,
                lostByBroker + other.lostByBroker, disordered + other.disordered,
                disorderedByBroker + other.disorderedByBroker, duplicated + other.duplicated, spoilt + other.spoilt,
                all);
    }
}
