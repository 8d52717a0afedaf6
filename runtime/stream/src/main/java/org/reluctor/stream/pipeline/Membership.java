package org.reluctor.stream.pipeline;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.reluctor.stream.BrokerOptions;
import org.reluctor.stream.ConnectFailure;
import org.reluctor.stream.GatewayOptions;
import org.reluctor.stream.GatewayState;
import org.reluctor.stream.Partition;
import org.reluctor.stream.Side;
import org.reluctor.stream.StreamEvents;
import org.reluctor.stream.mqtt.LinkListener;
import org.reluctor.stream.mqtt.LinkPlan;
import org.reluctor.stream.mqtt.MqttLink;
import org.reluctor.stream.mqtt.MqttSession;
import org.reluctor.stream.mqtt.OutboundMessage;
import org.reluctor.stream.mqtt.ReasonCode;
import org.reluctor.stream.partition.Claim;
import org.reluctor.stream.partition.Election;
import org.reluctor.stream.partition.ElectionTiming;
import org.reluctor.stream.partition.MemberStatus;

/**
 * A gateway's part in a partition: a connection of its own to the sensors' broker, on which it tells its status, with
 * the Will, and hears of the others; so the session with the frames can go from one to the next without taking the
 * status with it. Confined to the control thread, but for {@link #mayServe}.
 */
final class Membership implements LinkListener {
    /** The session outlives the Will's delay, or the Will would not wait for it. */
    private static final int BEYOND_GRACE_SECONDS = 10;
    private static final Duration MOST_PAUSE = Duration.ofSeconds(5);

    private final String claimTopic;
    private final GatewayOptions options;
    private final StatusAnnouncer status;
    private final StreamEvents events;
    private final StateBoard board;
    /** Null where frames come without envelopes. */
    private final SharedMarks marks;
    private final Election election;
    private final InboundQueue inbox;
    private final MqttLink link;
    private final Runnable gained;
    private boolean wasOwner;
    /** Since the frames' connection ended, this one may be dead, too, and have kept a greater claim from us. */
    private boolean doubted;
    private long doubtedNanos;
    private boolean marksLeft;
    private volatile boolean mayServe;

    /**
     * @param gained told just before this gateway takes the session, while it has no frame in memory
     */
    Membership(GatewayOptions options, Partition partition, StatusAnnouncer status, StateBoard board,
            StreamEvents events, Doorbell doorbell, Runnable gained) {
        this.options = options;
        this.status = status;
        this.events = events;
        this.board = board;
        this.gained = gained;
        this.claimTopic = options.topics().claim(options.site(), partition.name());
        this.marks = options.authentication().map(found -> new SharedMarks(options, partition, found)).orElse(null);
        this.election = new Election(partition.name(), options.id(), status.instance(),
                ElectionTiming.of(options.ingress().keepAliveSeconds(), partition.graceSeconds()),
                bound -> ThreadLocalRandom.current().nextLong(bound));
        this.inbox = new InboundQueue(this::heard, doorbell);
        this.link = new MqttLink(new LinkPlan(Side.INGRESS, broker(options, partition), false, filters(), true, inbox,
                status::will, () -> true), doorbell::ring, this);
        inbox.use(link);
        board.standBy(true, "connecting");
        board.raise(StateBoard.Trouble.MEMBERS_AWAY, "connecting");
    }

    private static BrokerOptions broker(GatewayOptions options, Partition partition) {
        BrokerOptions ingress = options.ingress();
        Duration pause = ingress.reconnectCap().compareTo(MOST_PAUSE) < 0 ? ingress.reconnectCap() : MOST_PAUSE;
        return ingress.change().clientId(partition.memberClientId()).reconnectCap(pause)
                .sessionExpirySeconds((long) partition.graceSeconds() + BEYOND_GRACE_SECONDS).build();
    }

    private List<String> filters() {
        List<String> filters = new ArrayList<>(List.of(claimTopic, options.topics().anyStatus(options.site())));
        if (marks != null) {
            filters.add(marks.filter());
        }
        return filters;
    }

    /** On which status and claims are told. */
    MqttLink link() {
        return link;
    }

    /** Whether the session with the frames may be taken now. */
    boolean mayServe() {
        return mayServe;
    }

    /** Whether this gateway holds the partition, be it that the session is not taken yet. */
    boolean isOwner() {
        return election.isOwner();
    }

    /**
     * One step; returns how much was done.
     *
     * @param able whether this gateway could serve
     */
    int doWork(boolean able, long nowNanos) {
        boolean answered = status.isAnsweredSince(doubtedNanos);
        int work = inbox.doWork(nowNanos);
        // What the broker had shown before it answered is heard by now.
        doubted &= !(answered && inbox.isEmpty());
        writeMarks(nowNanos);
        MqttSession session = link.session();
        Claim due = election.due(able && session != null, nowNanos);
        if (due != null && session != null) {
            session.publish(OutboundMessage.json(claimTopic, due.toBytes(), 1, true), this::claimSettled);
            work++;
        }
        work += follow(nowNanos);
        if (marks != null && session != null && mayServe) {
            work += marks.publish(session, nowNanos);
        }
        return work;
    }

    /**
     * The frames' connection is over, perhaps because another has the session. This one may have been dead for as long
     * and not know it yet, so the broker is to answer on it before the session is taken again.
     */
    void framesLost(long nowNanos) {
        doubted = true;
        doubtedNanos = nowNanos;
        status.repeat();
    }

    private int follow(long nowNanos) {
        boolean owner = election.isOwner();
        boolean changed = owner != wasOwner;
        wasOwner = owner;
        if (changed && owner) {
            gained.run();
        }
        mayServe = election.mayTakeSession(nowNanos) && !doubted;
        Claim holding = election.holding();
        status.holding(owner ? holding.term() : 0);
        board.standBy(!owner, holding == null ? "nobody serves the partition yet"
                : owner ? "takes the partition over, term " + holding.term()
                : holding.gateway() + " serves the partition, term " + holding.term());
        return changed ? 1 : 0;
    }

    private void claimSettled(int code) {
        if (ReasonCode.isRefusal(code)) {
            board.raise(StateBoard.Trouble.CLAIM_REFUSED, "the ingress broker refuses " + claimTopic + ": "
                    + ReasonCode.describe(code) + "; its rules must let gateways write and read it");
        } else if (code >= 0) {
            board.clear(StateBoard.Trouble.CLAIM_REFUSED);
        }
    }

    private void heard(MqttSession session, String topic, byte[] payload) {
        // Of an earlier connection it may have been overtaken; what counts is retained, and comes again.
        if (!session.isOpen()) {
            return;
        }
        long now = System.nanoTime();
        if (topic.equals(claimTopic)) {
            election.claimHeard(Claim.read(payload), now);
        } else if (marks != null && marks.isMark(topic)) {
            marks.heard(topic, payload, now);
        } else {
            statusHeard(options.topics().gatewayOf(options.site(), topic), MemberStatus.read(payload), now);
        }
    }

    private void statusHeard(String gateway, MemberStatus told, long nowNanos) {
        if (gateway != null && told != null) {
            election.statusHeard(gateway, told, nowNanos);
        }
    }

    private void writeMarks(long nowNanos) {
        if (marks == null) {
            return;
        }
        try {
            if (marks.write(nowNanos) && marksLeft) {
                marksLeft = false;
                board.clear(StateBoard.Trouble.MARKS_UNWRITTEN);
            }
        } catch (IOException e) {
            marksLeft = true;
            board.raise(StateBoard.Trouble.MARKS_UNWRITTEN, "the replay marks of the gateway that serves cannot be"
                    + " written (" + e.getMessage() + ")");
        }
    }

    /** Tells the state, and before it that this gateway leaves, how far it got; returns how much was done. */
    int announce(GatewayState state, long nowNanos) {
        MqttSession session = link.session();
        if (state == GatewayState.OFFLINE && wasOwner && marks != null && session != null) {
            marks.publishNow(session, nowNanos);
        }
        return status.announce(link.session(), state, nowNanos);
    }

    @Override
    public void connected(MqttSession session) {
        election.connected(System.nanoTime());
        events.membersConnected(session.sessionPresent(), session.epoch());
        board.clear(StateBoard.Trouble.MEMBERS_AWAY);
    }

    @Override
    public void disconnected(MqttSession session, ConnectFailure why) {
        election.disconnected();
        board.raise(StateBoard.Trouble.MEMBERS_AWAY, why.message());
        events.membersDisconnected(why);
    }

    @Override
    public void connectFailed(ConnectFailure why, long retryInMillis) {
        election.disconnected();
        events.membersConnectFailed(why, retryInMillis);
    }
}
