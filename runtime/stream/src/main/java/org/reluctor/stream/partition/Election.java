package org.reluctor.stream.partition;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongUnaryOperator;

/**
 * Decides whether this gateway serves its partition. Rules, the same for all members:
 * <ul>
 * <li>The greatest claim that was ever heard of holds ({@link Claim#isAbove}); whoever holds it serves.
 * <li>A member claims the next term where the holder is gone: it said offline, or the broker did by its Will; or
 * nothing was heard of it for long; or nothing is retained. Never because it would rather serve itself: a holder that
 * comes back finds the greater claim, and stands by.
 * <li>A claim counts once the broker has shown it to the claimant, so that a greater one that came before it was seen.
 * <li>The holder shows its claim again where the topic shows another or none.
 * </ul>
 * A claim is an agreement, not the lock: that is the session at the broker, which one connection has at a time. Where
 * two serve for a moment, frames may come twice, and nothing is lost. Confined to one thread.
 */
public final class Election {
    private static final long AGAIN_NANOS = 1_000_000_000L;
    /** Gateways of a site that are remembered; whoever floods the topic does not hide the holder. */
    private static final int MOST_PEERS = 1024;
    private static final long NEVER = Long.MIN_VALUE;

    private record Peer(MemberStatus status, long heardNanos, long instanceSinceNanos) {
    }

    private final String partition;
    private final String gateway;
    private final String instance;
    private final ElectionTiming timing;
    private final LongUnaryOperator below;
    private final Map<String, Peer> peers = new HashMap<>();
    /** Greatest of all. */
    private Claim best;
    /** What the topic shows on this connection; known before {@link #connected} where it came that soon. */
    private Claim shown;
    private boolean connected;
    private long connectedNanos;
    private boolean everClaimed;
    private long dueNanos = NEVER;
    private long shownAgainNanos;
    private boolean owner;
    private long ownerSinceNanos;

    /**
     * @param gateway  name of this member
     * @param instance of its process
     * @param below    draws uniformly from 0 (inclusive) to its argument (exclusive)
     */
    public Election(String partition, String gateway, String instance, ElectionTiming timing,
            LongUnaryOperator below) {
        this.partition = partition;
        this.gateway = gateway;
        this.instance = instance;
        this.timing = timing;
        this.below = below;
    }

    /** The broker is connected; what it retains is on its way, or has come already. */
    public void connected(long nowNanos) {
        connected = true;
        connectedNanos = nowNanos;
        dueNanos = NEVER;
        shownAgainNanos = nowNanos + timing.absentNanos();
    }

    /** The connection, or an attempt at one, is over: what was heard on it may have been overtaken. */
    public void disconnected() {
        connected = false;
        shown = null;
        peers.clear();
    }

    /** A claim came; null for a message that is none, or that empties the topic. */
    public void claimHeard(Claim claim, long nowNanos) {
        shown = claim;
        if (claim != null && claim.isAbove(best)) {
            best = claim;
        }
        boolean before = owner;
        owner = isMine(best) && (owner || best.equals(shown));
        ownerSinceNanos = owner && !before ? nowNanos : ownerSinceNanos;
    }

    /** A status came of a gateway of the site. */
    public void statusHeard(String from, MemberStatus status, long nowNanos) {
        Peer known = peers.get(from);
        boolean same = known != null && known.status.instance().equals(status.instance());
        // A Will may come late, of a connection that has been replaced.
        boolean late = same && status.epoch() < known.status.epoch();
        boolean holds = best != null && from.equals(best.gateway());
        if (late || known == null && !holds && peers.size() >= MOST_PEERS) {
            return;
        }
        peers.put(from, new Peer(status, nowNanos, same ? known.instanceSinceNanos : nowNanos));
    }

    /**
     * One look; the claim that is to be published now, or null.
     *
     * @param able whether this gateway could serve: what it had under way is settled, and signals can go out
     */
    public Claim due(boolean able, long nowNanos) {
        if (!connected) {
            return null;
        }
        if (isMine(best)) {
            return mine(nowNanos);
        }
        if (!able || !isVacant(nowNanos)) {
            dueNanos = NEVER;
            return null;
        }
        if (dueNanos == NEVER) {
            dueNanos = nowNanos + before(nowNanos) * timing.turnNanos() + below.applyAsLong(timing.jitterNanos());
        }
        if (nowNanos - dueNanos < 0) {
            return null;
        }
        dueNanos = NEVER;
        everClaimed = true;
        best = new Claim(best == null ? 1 : best.term() + 1, gateway, instance);
        shownAgainNanos = nowNanos + AGAIN_NANOS;
        return best;
    }

    /** How many others stand by whose names come before this one's: they claim first. */
    private long before(long nowNanos) {
        String holder = best == null ? "" : best.gateway();
        return peers.entrySet().stream().filter(each -> !each.getKey().equals(holder)
                && each.getKey().compareTo(gateway) < 0 && isStandingBy(each.getValue(), nowNanos)).count();
    }

    private boolean isStandingBy(Peer peer, long nowNanos) {
        return peer.status.partition().equals(partition) && !peer.status.offline()
                && nowNanos - peer.heardNanos < timing.silentNanos();
    }

    /** Ours, which the topic has to show. */
    private Claim mine(long nowNanos) {
        if (best.equals(shown) || nowNanos - shownAgainNanos < 0) {
            return null;
        }
        shownAgainNanos = nowNanos + AGAIN_NANOS;
        return best;
    }

    private boolean isVacant(long nowNanos) {
        boolean retainedIsHere = shown != null || nowNanos - connectedNanos >= timing.absentNanos();
        if (best == null || !retainedIsHere || best.term() >= Claim.MOST_TERM) {
            return best == null && retainedIsHere;
        }
        if (best.gateway().equals(gateway) && !everClaimed) {
            // Of this gateway before it was started anew.
            return true;
        }
        Peer holder = peers.get(best.gateway());
        if (holder == null) {
            return nowNanos - connectedNanos >= timing.silentNanos();
        }
        if (!holder.status.instance().equals(best.instance())) {
            // Started anew: it is the first that may claim.
            return nowNanos - holder.instanceSinceNanos >= 2 * timing.absentNanos();
        }
        boolean left = holder.status.offline() && nowNanos - connectedNanos >= timing.returnNanos();
        return left || nowNanos - holder.heardNanos >= timing.silentNanos();
    }

    private boolean isMine(Claim claim) {
        return claim != null && claim.instance().equals(instance);
    }

    /** Whether this gateway holds the greatest claim. */
    public boolean isOwner() {
        return owner;
    }

    /** Whether it may take the session now: it is connected, and no greater claim can be on its way. */
    public boolean mayTakeSession(long nowNanos) {
        boolean settled = ownerSinceNanos - connectedNanos >= 0
                || nowNanos - connectedNanos >= timing.settleNanos();
        return owner && connected && best.equals(shown) && settled;
    }

    /** The claim that holds, or null. */
    public Claim holding() {
        return best;
    }
}
