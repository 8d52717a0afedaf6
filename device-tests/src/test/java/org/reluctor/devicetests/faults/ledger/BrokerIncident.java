package org.reluctor.devicetests.faults.ledger;

/**
 * A time in which a broker may lose what it had taken: between its last save and its being killed, say.
 *
 * @param fromNanos as of {@link System#nanoTime}
 * @param toNanos   as of {@link System#nanoTime}
 * @param frames    whether it is the broker that frames go to
 * @param signals   whether it is the broker that signals go to
 */
public record BrokerIncident(long fromNanos, long toNanos, boolean frames, boolean signals) {
    boolean mayLoseFrameTakenAt(long nanos) {
        return frames && contains(nanos);
    }

    boolean mayLoseSignalTakenAt(long nanos) {
        return signals && contains(nanos);
    }

    private boolean contains(long nanos) {
        return nanos != 0 && nanos - fromNanos >= 0 && nanos - toNanos <= 0;
    }
}
