package org.reluctor.devicetests.faults;

import java.util.Locale;
import java.util.Random;

/** What can go wrong around a gateway. Each returns when the fault is over; getting well again is measured after it. */
enum FaultKind {
    RUNTIME_KILLED(Where.ANYWHERE, 300, ProcessFaults::killRuntime),
    BROKER_KILLED(Where.ANYWHERE, 300, ProcessFaults::killBroker),
    BOTH_KILLED(Where.ANYWHERE, 300, ProcessFaults::killBoth),
    SESSIONS_LOST(Where.ANYWHERE, 300, ProcessFaults::loseSessions),
    LINK_CUTS(Where.ANYWHERE, 300, LinkFaults::cut),
    HALF_OPEN(Where.ANYWHERE, 300, LinkFaults::stall),
    LONG_HALF_OPEN(Where.TWO_BROKERS, 300, LinkFaults::stallForLong),
    DOWNSTREAM_AWAY(Where.TWO_BROKERS, 300, ProcessFaults::stopDownstream),
    LONG_DOWNSTREAM_AWAY(Where.TWO_BROKERS, 300, ProcessFaults::stopDownstreamForLong),
    /** Noticed only by what does not come, so later than the fault. */
    PUBACK_DROPPED(Where.ANYWHERE, 8000, LinkFaults::dropPubacks),
    SIGNAL_DENIED(Where.TWO_BROKERS, 300, AnswerFaults::deny),
    QUOTA_EXCEEDED(Where.TWO_BROKERS, 300, AnswerFaults::exceedQuota),
    RECEIVE_MAXIMUM_ONE(Where.ANYWHERE, 300, AnswerFaults::receiveOneAtATime),
    PACKET_TOO_LARGE(Where.TWO_BROKERS, 300, AnswerFaults::limitPackets),
    CLOCK_JUMP(Where.ANYWHERE, 1500, MachineFaults::jumpClock),
    DISK_FULL(Where.TWO_BROKERS, 300, MachineFaults::fillDisk),
    DEVICE_LOST(Where.ANYWHERE, 300, MachineFaults::loseDevice),
    POISON_FRAME(Where.ANYWHERE, 300, MachineFaults::poison);

    /** Which rigs a fault can happen to. */
    enum Where { ANYWHERE, TWO_BROKERS }

    /** Makes the fault and ends it. */
    @FunctionalInterface
    interface Injection {
        void inject(Rig rig, Random random) throws Exception;
    }

    private final Where where;
    private final long settleMillis;
    private final Injection injection;

    FaultKind(Where where, long settleMillis, Injection injection) {
        this.where = where;
        this.settleMillis = settleMillis;
        this.injection = injection;
    }

    Where where() {
        return where;
    }

    /** For how long all must be well, for the fault's consequences to be over. */
    long settleMillis() {
        return settleMillis;
    }

    /** The kinds that last for minutes and are injected a few times only. */
    boolean isLong() {
        return this == LONG_HALF_OPEN || this == LONG_DOWNSTREAM_AWAY;
    }

    void inject(Rig rig, Random random) throws Exception {
        injection.inject(rig, random);
    }

    /** As on the command line and in the table. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
