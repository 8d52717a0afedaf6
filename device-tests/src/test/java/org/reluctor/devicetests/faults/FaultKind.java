package org.reluctor.devicetests.faults;

import java.util.Locale;
import java.util.Random;

/** What can go wrong around a gateway. Each returns when the fault is over; getting well again is measured after it. */
enum FaultKind {
    RUNTIME_KILLED(Where.ANYWHERE, Settling.SOON_MILLIS, ProcessFaults::killRuntime),
    BROKER_KILLED(Where.ANYWHERE, Settling.SOON_MILLIS, ProcessFaults::killBroker),
    BOTH_KILLED(Where.ANYWHERE, Settling.SOON_MILLIS, ProcessFaults::killBoth),
    SESSIONS_LOST(Where.ANYWHERE, Settling.SOON_MILLIS, ProcessFaults::loseSessions),
    LINK_CUTS(Where.ANYWHERE, Settling.SOON_MILLIS, LinkFaults::cut),
    HALF_OPEN(Where.ANYWHERE, Settling.SOON_MILLIS, LinkFaults::stall),
    LONG_HALF_OPEN(Where.TWO_BROKERS, Settling.SOON_MILLIS, LinkFaults::stallForLong),
    DOWNSTREAM_AWAY(Where.TWO_BROKERS, Settling.SOON_MILLIS, ProcessFaults::stopDownstream),
    LONG_DOWNSTREAM_AWAY(Where.TWO_BROKERS, Settling.SOON_MILLIS, ProcessFaults::stopDownstreamForLong),
    /** Noticed only by what does not come, so later than the fault. */
    PUBACK_DROPPED(Where.ANYWHERE, Settling.LATE_MILLIS, LinkFaults::dropPubacks),
    SIGNAL_DENIED(Where.TWO_BROKERS, Settling.SOON_MILLIS, AnswerFaults::deny),
    QUOTA_EXCEEDED(Where.TWO_BROKERS, Settling.SOON_MILLIS, AnswerFaults::exceedQuota),
    RECEIVE_MAXIMUM_ONE(Where.ANYWHERE, Settling.SOON_MILLIS, AnswerFaults::receiveOneAtATime),
    PACKET_TOO_LARGE(Where.TWO_BROKERS, Settling.SOON_MILLIS, AnswerFaults::limitPackets),
    CLOCK_JUMP(Where.ANYWHERE, Settling.SOON_MILLIS, MachineFaults::jumpClock),
    DISK_FULL(Where.TWO_BROKERS, Settling.SOON_MILLIS, MachineFaults::fillDisk),
    DEVICE_LOST(Where.ANYWHERE, Settling.SOON_MILLIS, MachineFaults::loseDevice),
    POISON_FRAME(Where.ANYWHERE, Settling.SOON_MILLIS, MachineFaults::poison);

    /** Which rigs a fault can happen to. */
    enum Where { ANYWHERE, TWO_BROKERS }

    /** Makes the fault and ends it. */
    @FunctionalInterface
    interface Injection {
        void inject(Rig rig, Random random) throws Exception;
    }

    /** For how long all must be well, for the fault's consequences to be over. */
    private static final class Settling {
        static final long SOON_MILLIS = 600;
        static final long LATE_MILLIS = 8000;
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
