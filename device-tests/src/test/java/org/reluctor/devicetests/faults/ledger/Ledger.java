package org.reluctor.devicetests.faults.ledger;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.reluctor.stream.codec.Signal;
import org.reluctor.stream.codec.SignalFormatException;
import org.reluctor.stream.codec.SignalReader;

/**
 * Names every loss, repetition and disorder. Three witnesses fill it, none of them the runtime: the generator says what
 * the broker took, the subscriber what came out, and whoever watches the wires which frames the runtime acknowledged
 * and which signals the broker confirmed.
 *
 * <p>A frame that did not come out was lost
 * <ul><li>by the runtime, where it acknowledged the frame before the broker had confirmed its signal;
 * <li>by the broker, where it was never acknowledged, or its signal was confirmed, and the broker had taken the frame
 * or the signal in the time of an incident of its own: after its last save before it was killed;
 * <li>by the runtime otherwise: what nobody else can have lost, or has come to a halt.</ul>
 *
 * <p>Signals that come out of order are the broker's disorder where the runtime had sent them in order, or had been
 * given their frames out of order; see {@link WireOrder}.
 *
 * <p>Safe for several threads.
 */
public final class Ledger {
    private static final int MOST_NAMED = 20;

    private final long boot;
    private final Predicate<Signal> right;
    private final SignalReader reader = new SignalReader(1 << 20);
    private final Map<String, FrameFates> sensors = new LinkedHashMap<>();
    private final List<BrokerIncident> incidents = new ArrayList<>();
    private final List<String> findings = new ArrayList<>();
    private long taken;
    private long received;
    private long repeated;
    private long disordered;
    private long disorderedByBroker;
    private int connections;
    private long spoilt;

    /**
     * @param boot  of all frames
     * @param right whether a signal is what its frame must give
     */
    public Ledger(long boot, Iterable<String> sensorNames, Predicate<Signal> right) {
        this.boot = boot;
        this.right = right;
        sensorNames.forEach(name -> sensors.put(name, new FrameFates()));
    }

    /** The frame about to be published must not give a signal. */
    public synchronized void poisoned(String sensor, long seq) {
        FrameFates fates = sensors.get(sensor);
        fates.poison[fates.place(seq)] = 1;
    }

    /** The broker has confirmed the frame to the generator. */
    public synchronized void taken(String sensor, long seq, long nowNanos) {
        FrameFates fates = sensors.get(sensor);
        int at = fates.place(seq);
        if (fates.taken[at] == 0) {
            fates.taken[at] = nowNanos;
            fates.newestTaken = Math.max(fates.newestTaken, at);
            taken++;
        }
    }

    /** A number for a connection of the runtime's that is watched. */
    public synchronized int connection() {
        return ++connections;
    }

    /** The broker has handed the frame to the runtime. */
    public synchronized void offered(Identity frame, int connection) {
        FrameFates fates = fatesOf(frame);
        if (fates != null) {
            fates.order.offered(fates.place(frame.seq()), connection);
        }
    }

    /** The runtime has sent the signal to the broker. */
    public synchronized void sent(Identity signal, int connection) {
        FrameFates fates = fatesOf(signal);
        if (fates != null) {
            fates.order.sent(fates.place(signal.seq()), connection);
        }
    }

    /** The broker has refused the signal. */
    public synchronized void refused(Identity signal) {
        FrameFates fates = fatesOf(signal);
        if (fates != null) {
            fates.order.refused(fates.place(signal.seq()));
        }
    }

    /** The runtime has acknowledged the frame. */
    public synchronized void released(Identity frame, long nowNanos) {
        FrameFates fates = fatesOf(frame);
        if (fates == null) {
            return;
        }
        int at = fates.place(frame.seq());
        if (fates.released[at] == 0) {
            fates.released[at] = nowNanos;
        }
        if (fates.confirmed[at] == 0 && fates.poison[at] == 0) {
            found("acknowledged without signal: " + frame);
        }
    }

    /** The broker has taken the signal from the runtime, by a PUBACK without error. */
    public synchronized void confirmed(Identity signal, long nowNanos) {
        FrameFates fates = fatesOf(signal);
        if (fates != null) {
            fates.confirmed[fates.place(signal.seq())] = nowNanos;
        }
    }

    /** A signal has reached the subscriber. */
    public synchronized void received(byte[] payload, long nowNanos) {
        Identity identity = Identity.of(payload);
        FrameFates fates = identity == null ? null : fatesOf(identity);
        if (fates == null) {
            spoilt++;
            found("a signal of nobody: " + identity);
            return;
        }
        int at = fates.place(identity.seq());
        int content = contentOf(payload, identity);
        if (fates.received[at] != 0) {
            repeated++;
            if (content != fates.contents[at]) {
                spoilt++;
                found("two signals of one identity differ: " + identity);
            }
            return;
        }
        fates.received[at] = nowNanos;
        fates.contents[at] = content;
        received++;
        if (at < fates.newestReceived && fates.order.isBrokers(at)) {
            disorderedByBroker++;
        } else if (at < fates.newestReceived) {
            disordered++;
            found("disordered: " + identity + " came behind " + fates.newestReceived);
        }
        fates.newestReceived = Math.max(fates.newestReceived, at);
    }

    // Latency and flags are of the delivery, not of the signal.
    private int contentOf(byte[] payload, Identity identity) {
        try {
            Signal signal = reader.read(payload);
            FrameFates fates = sensors.get(identity.sensor());
            if (fates.poison[(int) identity.seq()] != 0 || !right.test(signal)) {
                spoilt++;
                found("not the signal of its frame: " + identity);
            }
            return SignalContent.hash(signal);
        } catch (SignalFormatException e) {
            spoilt++;
            found("no signal: " + identity + ": " + e.getMessage());
            return 0;
        }
    }

    private FrameFates fatesOf(Identity identity) {
        return identity.boot() == boot ? sensors.get(identity.sensor()) : null;
    }

    private void found(String what) {
        if (findings.size() < MOST_NAMED) {
            findings.add(what);
        }
    }

    /** A broker may have lost what it had taken in that time. */
    public synchronized void incident(BrokerIncident incident) {
        incidents.add(incident);
    }

    /** Whether every sensor's newest signal belongs to a frame that the broker took at most so long ago, or none is
     *  behind it. */
    public synchronized boolean isCurrent(long nowNanos, long toleranceNanos) {
        for (FrameFates fates : sensors.values()) {
            int next = fates.newestReceived + 1;
            while (next <= fates.newestTaken && (fates.taken[next] == 0 || fates.poison[next] != 0)) {
                next++;
            }
            if (next <= fates.newestTaken && nowNanos - fates.taken[next] > toleranceNanos) {
                return false;
            }
        }
        return true;
    }

    /** Whether every sensor's newest signal belongs to a frame that the broker took after that time. */
    public synchronized boolean isFresh(long sinceNanos) {
        return sensors.values().stream().allMatch(fates -> fates.newestReceived >= 0
                && fates.taken[fates.newestReceived] != 0
                && fates.taken[fates.newestReceived] - sinceNanos >= 0);
    }

    /** Frames that the broker took so far. */
    public synchronized long frames() {
        return taken;
    }

    /** Different signals that came so far. */
    public synchronized long signals() {
        return received;
    }

    /** The books as they stand: to be closed once nothing is under way any more. */
    public synchronized Verdict verdict() {
        LossCount count = new LossCount(incidents);
        sensors.forEach(count::add);
        List<String> all = new ArrayList<>(findings);
        all.addAll(count.named());
        return new Verdict(taken, received, count.lost(), count.lostByBroker(), disordered, disorderedByBroker,
                repeated, spoilt, all);
    }
}
