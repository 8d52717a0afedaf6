package org.reluctor.devicetests.faults.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Goes through the frames without signal and says whose loss each is; see {@link Ledger}. */
final class LossCount {
    private static final int MOST_NAMED = 50;

    private final List<BrokerIncident> incidents;
    private final List<String> named = new ArrayList<>();
    private long lost;
    private long lostByBroker;

    LossCount(List<BrokerIncident> incidents) {
        this.incidents = incidents;
    }

    void add(String sensor, FrameFates fates) {
        for (int seq = 0; seq < fates.known; seq++) {
            if (fates.taken[seq] == 0 || fates.received[seq] != 0 || fates.poison[seq] != 0) {
                continue;
            }
            if (isBrokers(fates, seq)) {
                lostByBroker++;
            } else {
                lost++;
                name(sensor, fates, seq);
            }
        }
    }

    private boolean isBrokers(FrameFates fates, int seq) {
        long confirmed = fates.confirmed[seq];
        if (confirmed != 0) {
            return incidents.stream().anyMatch(incident -> incident.mayLoseSignalTakenAt(confirmed));
        }
        long taken = fates.taken[seq];
        return fates.released[seq] == 0
                && incidents.stream().anyMatch(incident -> incident.mayLoseFrameTakenAt(taken));
    }

    private void name(String sensor, FrameFates fates, int seq) {
        if (named.size() >= MOST_NAMED) {
            return;
        }
        named.add("lost: " + sensor + " " + seq + ", acknowledged by the runtime " + after(fates, fates.released[seq],
                seq) + ", signal confirmed by the broker " + after(fates, fates.confirmed[seq], seq));
    }

    private static String after(FrameFates fates, long nanos, int seq) {
        return nanos == 0 ? "never"
                : "after " + TimeUnit.NANOSECONDS.toMillis(nanos - fates.taken[seq]) + " ms";
    }

    long lost() {
        return lost;
    }

    long lostByBroker() {
        return lostByBroker;
    }

    List<String> named() {
        return named;
    }
}
