package org.reluctor.stream.mqtt;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.reluctor.stream.ConnectFailure;
import org.reluctor.stream.ConnectFailure.Kind;

/**
 * Keeps one broker connected: makes a session, watches it, throws it away when it is lost, pauses and makes the next.
 * All work is done in {@link #doWork} by the thread that owns the link, which must not wait long between two calls
 * while there is something to do; {@link #session}, {@link #lastFailure} and {@link #recycle} are for every thread.
 */
public final class MqttLink {
    private static final long FIRST_PAUSE_MILLIS = 200;
    /** Doublings of the pause of a client whose session another takes again and again. */
    private static final int MOST_DOUBLINGS = 6;
    /** A session that lasted as long shows that connecting works: the next pause is a first one. */
    private static final long PROVEN_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final LinkPlan plan;
    private final Runnable wake;
    private final LinkListener listener;
    private final ReconnectBackoff backoff;
    private PahoSession current;
    private boolean announced;
    private long upSinceNanos;
    private long retryAtNanos;
    private long lastEpoch;
    private int takeovers;
    private boolean closed;
    private volatile PahoSession up;
    private volatile ConnectFailure lastFailure;
    private volatile String recycleReason;
    private volatile boolean recycleWithGoodbye;

    /**
     * @param wake     called from any thread when {@link #doWork} has something to do
     * @param listener called on the owner's thread
     */
    public MqttLink(LinkPlan plan, Runnable wake, LinkListener listener) {
        this.plan = plan;
        this.wake = wake;
        this.listener = listener;
        long cap = plan.broker().reconnectCap().toMillis();
        this.backoff = new ReconnectBackoff(Math.min(FIRST_PAUSE_MILLIS, cap), cap,
                bound -> ThreadLocalRandom.current().nextLong(bound));
        this.retryAtNanos = System.nanoTime();
    }

    /** The session to publish through, or null while there is none. Any thread. */
    public MqttSession session() {
        PahoSession now = up;
        return now != null && now.isOpen() ? now : null;
    }

    /** Why the last attempt or session failed; null before the first failure and while a session is up. Any thread. */
    public ConnectFailure lastFailure() {
        return lastFailure;
    }

    /** True where there is neither a session nor an attempt at one. The owner's thread. */
    public boolean isIdle() {
        return current == null;
    }

    /** How long the oldest publication of the session has been waiting for its confirmation, ns. The owner's thread. */
    public long unconfirmedNanos(long nowNanos) {
        return announced && current != null ? current.unconfirmedNanos(nowNanos) : 0;
    }

    /**
     * Asks for a new connection in place of the present one; an attempt at one goes on if it still may be made. Any
     * thread.
     *
     * @param goodbye true: with a DISCONNECT, so that the broker drops the Will
     */
    public void recycle(String reason, boolean goodbye) {
        recycleWithGoodbye = goodbye;
        recycleReason = reason;
        wake.run();
    }

    /** Sets the end of a pause: what the last failure was about is over by then. The owner's thread. */
    public void retryAt(long nanos) {
        backoff.reset();
        takeovers = 0;
        retryAtNanos = nanos;
    }

    /** One step; returns how much was done. */
    public int doWork(long nowNanos) {
        if (closed) {
            return 0;
        }
        return current == null ? connect(nowNanos) : watch(nowNanos);
    }

    private int connect(long nowNanos) {
        if (nowNanos - retryAtNanos < 0 || !plan.mayConnect().getAsBoolean()) {
            return 0;
        }
        recycleReason = null;
        // A time, so that a restarted program goes on above its predecessor's; plus one, so that it always grows.
        lastEpoch = Math.max(System.currentTimeMillis(), lastEpoch + 1);
        current = new PahoSession(plan, lastEpoch, wake, nowNanos);
        announced = false;
        current.start();
        return 1;
    }

    private int watch(long nowNanos) {
        String reason = recycleReason;
        if (reason != null && (announced || !plan.mayConnect().getAsBoolean())) {
            current.fail(current.failures().failure(Kind.UNREACHABLE, -1, reason));
        }
        PahoSession.Phase phase = current.advance(nowNanos);
        if (phase == PahoSession.Phase.FAILED) {
            lose(nowNanos);
            return 1;
        }
        if (phase == PahoSession.Phase.UP && !announced) {
            announced = true;
            upSinceNanos = nowNanos;
            lastFailure = null;
            up = current;
            listener.connected(current);
            return 1;
        }
        return 0;
    }

    private void lose(long nowNanos) {
        PahoSession lost = current;
        ConnectFailure why = lost.failure();
        current = null;
        up = null;
        lastFailure = why;
        lost.close(recycleReason != null && recycleWithGoodbye);
        long pauseMillis = pauseMillis(why, announced ? nowNanos - upSinceNanos : 0);
        retryAtNanos = nowNanos + TimeUnit.MILLISECONDS.toNanos(pauseMillis);
        if (announced) {
            listener.disconnected(lost, why);
        } else {
            listener.connectFailed(why, pauseMillis);
        }
    }

    private long pauseMillis(ConnectFailure why, long upNanos) {
        if (why.kind() == Kind.TAKEN_OVER) {
            return pauseOfTheWeakerMillis(upNanos);
        }
        if (upNanos > PROVEN_NANOS) {
            backoff.reset();
        }
        return backoff.nextMillis();
    }

    // Whoever is taken over steps back, or two programs under one name would take the session from each other for ever,
    // each time with all that is unconfirmed sent again. The pauses double for as long as they go on meeting.
    private long pauseOfTheWeakerMillis(long upNanos) {
        long cap = plan.broker().reconnectCap().toMillis();
        long lastPauseNanos = TimeUnit.MILLISECONDS.toNanos(cap << Math.min(takeovers, MOST_DOUBLINGS));
        takeovers = upNanos > 2 * lastPauseNanos ? 0 : takeovers;
        long bound = cap << Math.min(takeovers++, MOST_DOUBLINGS);
        return bound / 2 + ThreadLocalRandom.current().nextLong(bound / 2);
    }

    /**
     * Ends the link for good; the owner's thread, or another once the owner is gone.
     *
     * @param goodbye true: with a DISCONNECT, so that the broker drops the Will
     */
    public void close(boolean goodbye) {
        closed = true;
        up = null;
        if (current != null) {
            current.close(goodbye);
            current = null;
        }
    }
}
