package org.reluctor.stream.pipeline;

import java.util.concurrent.TimeUnit;
import org.reluctor.stream.ConnectFailure;
import org.reluctor.stream.GatewayOptions;
import org.reluctor.stream.GatewayState;
import org.reluctor.stream.Side;
import org.reluctor.stream.StreamEvents;
import org.reluctor.stream.mqtt.LinkListener;
import org.reluctor.stream.mqtt.LinkPlan;
import org.reluctor.stream.mqtt.MqttLink;
import org.reluctor.stream.mqtt.MqttSession;

/**
 * The control thread: keeps the sensors' broker connected and subscribed, and the status announced. In a partition, the
 * sensors' broker is connected only while this gateway holds it, and the status is announced by the membership.
 */
final class ControlPump implements Pump, LinkListener {
    private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    /** Between members the claim decides who steps back, not the length of a pause. */
    private static final long TAKEN_OVER_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** Who is taken over again so soon shares its client id with somebody whom no claim reaches: pauses grow. */
    private static final long TAKEN_OVER_AGAIN_NANOS = TimeUnit.MINUTES.toNanos(10);

    private final MqttLink link;
    private final StatusAnnouncer status;
    /** Null for a gateway that serves alone. */
    private final Membership membership;
    private final Intake intake;
    private final Reception reception;
    private final Runnable ingressLost;
    private final StateBoard board;
    private final StreamCounters counters;
    private final StreamEvents events;
    private final long patienceNanos;
    private final long stallNanos;
    private final SilenceGuard silence;
    private long takenOverNanos = System.nanoTime() - TAKEN_OVER_AGAIN_NANOS;

    /**
     * @param reception   of what the sensors' broker delivers
     * @param doorbell    of this pump's thread
     * @param membership  of a partition; null for none
     * @param ingressLost told that a session, and with it the acknowledgements owed to it, is gone
     */
    ControlPump(GatewayOptions options, Reception reception, Doorbell doorbell, StatusAnnouncer status,
            Membership membership, Runnable ingressLost, StateBoard board, StreamSink sink) {
        this.status = status;
        this.membership = membership;
        this.reception = reception;
        this.intake = reception.intake();
        this.ingressLost = ingressLost;
        this.board = board;
        this.counters = sink.counters();
        this.events = sink.events();
        long leastExpiry = options.partition()
                .map(found -> found.leastExpirySeconds(options.ingress().keepAliveSeconds())).orElse(1L);
        LinkPlan plan = new LinkPlan(Side.INGRESS, options.ingress(), false, reception.subscriptions(),
                reception.commandFilters(), false, reception.inbox(), membership == null ? status::will : null,
                this::mayConnect, leastExpiry);
        this.patienceNanos = TimeUnit.SECONDS.toNanos(options.ingress().keepAliveSeconds()) / 4;
        this.stallNanos = options.stallTimeout().toNanos();
        this.silence = new SilenceGuard(stallNanos);
        this.link = new MqttLink(plan, doorbell::ring, this);
    }

    MqttLink link() {
        return link;
    }

    /** The connection on which the status is told. Any thread. */
    MqttLink statusLink() {
        return membership == null ? link : membership.link();
    }

    private boolean mayConnect() {
        boolean mayServe = membership == null || membership.mayServe() && board.state() != GatewayState.OFFLINE;
        return intake.hasRoomForConnection() && mayServe;
    }

    @Override
    public int doWork(long nowNanos) {
        standDownWhereBlocked(nowNanos);
        guardAgainstStall(nowNanos);
        int work = membership == null ? status.announce(link.session(), board.state(), nowNanos) : share(nowNanos);
        return work + link.doWork(nowNanos) + reception.carryOut(link.session(), nowNanos);
    }

    private int share(long nowNanos) {
        boolean wasOwner = membership.isOwner();
        boolean able = board.state() == GatewayState.STANDBY && intake.inUse() == 0;
        int work = membership.doWork(able, nowNanos);
        if (membership.isOwner() && !wasOwner) {
            link.retryAt(nowNanos);
        }
        boolean leaving = board.state() == GatewayState.OFFLINE;
        if (!link.isIdle() && (leaving || !membership.isOwner())) {
            link.recycle(leaving ? "closed" : "another gateway serves the partition", true);
        }
        // What was acknowledged has arrived before anybody hears that this gateway is gone.
        boolean acknowledging = leaving && link.session() != null;
        return acknowledging ? work : work + membership.announce(board.state(), nowNanos);
    }

    // A connection that is not read looks dead to its own keep-alive. Better to leave it in good order, the status on
    // it told, and to come back when there is room.
    private void standDownWhereBlocked(long nowNanos) {
        if (intake.blockedNanos(nowNanos) > patienceNanos && link.session() != null) {
            long millis = TimeUnit.NANOSECONDS.toMillis(patienceNanos);
            events.stoodDown(millis);
            link.recycle("frames found no room for " + millis + " ms; connecting again when there is", true);
        }
    }

    private void guardAgainstStall(long nowNanos) {
        // The frames wait for what is confirmed among members, so that must not stop unseen either.
        if (membership != null && membership.link().unconfirmedNanos(nowNanos) > stallNanos) {
            membership.link().recycle("a message to the members was not confirmed within "
                    + TimeUnit.NANOSECONDS.toMillis(stallNanos) + " ms", false);
        }
        if (link.session() == null) {
            return;
        }
        long unconfirmed = link.unconfirmedNanos(nowNanos);
        if (unconfirmed > stallNanos) {
            long millis = TimeUnit.NANOSECONDS.toMillis(unconfirmed);
            events.stalled(Side.INGRESS, millis);
            link.recycle("an answer was not confirmed within " + millis + " ms", false);
        } else if (silence.isDue(intake.reliableArrivals(), intake.reliableInUse(), nowNanos)) {
            link.recycle("no frame came for a while; connecting anew, in case that acknowledgements were lost", true);
        }
    }

    @Override
    public long idleNanos(long nowNanos) {
        return IDLE_NANOS;
    }

    @Override
    public void connected(MqttSession session) {
        counters.ingressConnections.incrementAndGet();
        silence.connected(System.nanoTime());
        board.clear(StateBoard.Trouble.INGRESS_AWAY);
        // Of a time before the frames were shared; they would come twice.
        session.unsubscribe(reception.superseded());
        events.connected(Side.INGRESS, session.sessionPresent(), session.epoch());
    }

    @Override
    public void disconnected(MqttSession lost, ConnectFailure why) {
        sessionLost(why);
        silence.disconnected(intake.reliableArrivals());
        board.raise(StateBoard.Trouble.INGRESS_AWAY, why.message());
        events.disconnected(Side.INGRESS, why);
    }

    @Override
    public void connectFailed(ConnectFailure why, long retryInMillis) {
        sessionLost(why);
        silence.disconnected(intake.reliableArrivals());
        events.connectFailed(Side.INGRESS, why, retryInMillis);
    }

    private void sessionLost(ConnectFailure why) {
        ingressLost.run();
        if (membership == null) {
            return;
        }
        long now = System.nanoTime();
        membership.framesLost(now);
        if (why.kind() == ConnectFailure.Kind.TAKEN_OVER) {
            if (now - takenOverNanos >= TAKEN_OVER_AGAIN_NANOS) {
                link.retryAt(now + TAKEN_OVER_NANOS);
            }
            takenOverNanos = now;
        }
    }
}
