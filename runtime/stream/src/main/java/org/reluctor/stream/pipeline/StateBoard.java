package org.reluctor.stream.pipeline;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.reluctor.stream.GatewayState;
import org.reluctor.stream.StreamEvents;

/** What is wrong now, and the state of the gateway that follows from it. Safe for several threads. */
final class StateBoard {
    /** Things that can be wrong; several at once. */
    enum Trouble {
        INGRESS_AWAY, EGRESS_AWAY, MEMBERS_AWAY, RECOVERY, REFUSED, CLAIM_REFUSED, MARKS_UNWRITTEN, DEVICE_SILENT
    }

    private final Map<Trouble, String> troubles = new EnumMap<>(Trouble.class);
    private final StreamEvents events;
    private final Doorbell control;
    private boolean wasWell;
    private boolean wasOnline;
    private boolean standby;
    private String standbyCause = "";
    private GatewayState end;
    private volatile GatewayState state = GatewayState.STARTING;

    /** @param control rung at every change, so that it is announced */
    StateBoard(StreamEvents events, Doorbell control) {
        this.events = events;
        this.control = control;
        troubles.put(Trouble.INGRESS_AWAY, "connecting");
        troubles.put(Trouble.EGRESS_AWAY, "connecting");
    }

    GatewayState state() {
        return state;
    }

    synchronized void raise(Trouble trouble, String cause) {
        troubles.put(trouble, cause);
        update(cause);
    }

    synchronized void clear(Trouble trouble) {
        if (troubles.remove(trouble) != null) {
            update(troubles.isEmpty() ? "all is well" : troubles.values().iterator().next());
        }
    }

    /** Whether another gateway serves, so that this one is not to be connected for frames. */
    synchronized void standBy(boolean now, String cause) {
        standbyCause = cause;
        if (standby != now) {
            standby = now;
            // Taking over is a start, and no trouble.
            wasOnline = false;
            update(cause);
        }
    }

    /** DRAINING or OFFLINE, from which there is no way back. */
    synchronized void end(GatewayState last, String cause) {
        if (end != GatewayState.OFFLINE) {
            end = last;
            update(cause);
        }
    }

    /** Waits for the first ONLINE or STANDBY; false where the time ends before, or the gateway does. */
    synchronized boolean awaitOnline(long nanos) throws InterruptedException {
        long deadline = System.nanoTime() + nanos;
        long left = nanos;
        while (!wasWell && end == null && left > 0) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
            left = deadline - System.nanoTime();
        }
        return wasWell;
    }

    private void update(String cause) {
        GatewayState now = derive();
        wasOnline |= now == GatewayState.ONLINE;
        wasWell |= now == GatewayState.ONLINE || now == GatewayState.STANDBY;
        GatewayState before = state;
        if (now == before) {
            return;
        }
        state = now;
        notifyAll();
        events.stateChanged(before, now, now == GatewayState.STANDBY ? standbyCause : cause);
        control.ring();
    }

    private GatewayState derive() {
        if (end != null) {
            return end;
        }
        if (troubles.isEmpty()) {
            return GatewayState.ONLINE;
        }
        if (standby && troubles.size() == 1 && troubles.containsKey(Trouble.INGRESS_AWAY)) {
            return GatewayState.STANDBY;
        }
        boolean connecting = troubles.containsKey(Trouble.INGRESS_AWAY) || troubles.containsKey(Trouble.EGRESS_AWAY)
                || troubles.containsKey(Trouble.MEMBERS_AWAY);
        boolean started = standby ? wasWell : wasOnline;
        return !started && connecting ? GatewayState.STARTING : GatewayState.DEGRADED;
    }
}
