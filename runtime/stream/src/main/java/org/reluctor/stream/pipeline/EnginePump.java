package org.reluctor.stream.pipeline;

import java.util.concurrent.TimeUnit;
import org.reluctor.stream.GatewayOptions;
import org.reluctor.stream.RecoveryException;
import org.reluctor.stream.StreamEvents;
import org.reluctor.stream.codec.FrameFault;
import org.reluctor.stream.codec.Signal;

/**
 * The engine thread: takes the frames that are there, decodes them, has each route recover its share in one call, and
 * hands all slots on in order of arrival. A batch that a device could not compute is kept and tried again until it can.
 * Allocates nothing for good frames.
 */
final class EnginePump implements Pump {
    private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long FIRST_RETRY_MILLIS = 50;
    private static final int RETRY_DOUBLINGS = 7;

    private final Intake intake;
    private final FrameAdmission admission;
    private final RouteBatch[] routes;
    private final Transfer transfer;
    private final StateBoard board;
    private final StreamCounters counters;
    private final StreamEvents events;
    private final long lingerNanos;
    private final Slot[] batch;
    private final DeviceWatch watch;
    private int taken;
    private int admitted;
    private int nextRoute;
    private int failures;
    private long retryAtNanos;

    /** @param batchMax not above any route's own bound, so that one take is one call for every route */
    EnginePump(GatewayOptions options, int batchMax, Intake intake, FrameAdmission admission, RouteBatch[] routes,
            Transfer transfer, StateBoard board, StreamSink sink) {
        this.intake = intake;
        this.admission = admission;
        this.routes = routes;
        this.transfer = transfer;
        this.board = board;
        this.counters = sink.counters();
        this.events = sink.events();
        this.lingerNanos = options.linger().toNanos();
        this.batch = new Slot[batchMax];
        this.watch = new DeviceWatch(options.deviceTimeout(), board, events);
    }

    /** Over what this pump gives to the device. */
    DeviceWatch watch() {
        return watch;
    }

    @Override
    public int doWork(long nowNanos) {
        if (taken == 0) {
            take(nowNanos);
        }
        if (admitted < taken) {
            admitAll();
        }
        if (taken > 0) {
            watch.begin(System.nanoTime());
        }
        if (taken == 0 || failures > 0 && nowNanos - retryAtNanos < 0 || !recoverAll()) {
            return 0;
        }
        watch.end();
        int done = taken;
        transfer.put(batch, taken);
        taken = 0;
        return done;
    }

    @Override
    public long idleNanos(long nowNanos) {
        if (failures > 0) {
            // The round began before the attempt, and the attempt may have taken long.
            return Math.max(0, retryAtNanos - System.nanoTime());
        }
        return lingerNanos > 0 && intake.waiting() > 0 ? lingerLeft(nowNanos) : IDLE_NANOS;
    }

    private void take(long nowNanos) {
        if (lingerNanos > 0 && intake.waiting() < batch.length && lingerLeft(nowNanos) > 0) {
            return;
        }
        taken = intake.take(batch, batch.length);
        nextRoute = 0;
        admitted = 0;
    }

    private long lingerLeft(long nowNanos) {
        return intake.waiting() == 0 ? lingerNanos : lingerNanos - (nowNanos - intake.oldestWaitingNanos());
    }

    // Resumed where an error, of lacking memory say, broke it off: each frame is judged once.
    private void admitAll() {
        for (; admitted < taken; admitted++) {
            admitOrReject(batch[admitted]);
        }
    }

    // Whatever a frame provokes, it must not take the others of the batch with it.
    private void admitOrReject(Slot slot) {
        try {
            admission.admit(slot);
        } catch (RuntimeException e) {
            events.internalError("frame admission", e);
            admission.reject(slot, FrameFault.NOT_CBOR, "payload", "the frame could not be read");
        }
    }

    private boolean recoverAll() {
        for (; nextRoute < routes.length; nextRoute++) {
            if (routes[nextRoute].count() > 0 && !recover(routes[nextRoute])) {
                return false;
            }
        }
        return true;
    }

    private boolean recover(RouteBatch route) {
        long begin = System.nanoTime();
        try {
            route.recover();
        } catch (RecoveryException e) {
            failed(e);
            return false;
        } catch (RuntimeException e) {
            failed(new RecoveryException("recovery failed: " + e, e));
            return false;
        }
        events.batchRecovered(route.count(), System.nanoTime() - begin);
        restored();
        for (int i = 0; i < route.count(); i++) {
            checkOutput(route, i);
        }
        route.clear();
        return true;
    }

    private void countFlags(Slot slot) {
        int flags = slot.flags & (Signal.FLAG_RESIDUAL | Signal.FLAG_RANGE);
        if (flags == 0) {
            return;
        }
        if ((flags & Signal.FLAG_RESIDUAL) != 0) {
            counters.flaggedResidual.incrementAndGet();
        }
        if ((flags & Signal.FLAG_RANGE) != 0) {
            counters.flaggedRange.incrementAndGet();
        }
        events.signalFlagged(slot.sensor.sensor, slot.frame.boot(), slot.frame.seq(), flags, slot.residual);
    }

    private void failed(RecoveryException why) {
        failures++;
        counters.recoveryFailures.incrementAndGet();
        long pauseMillis = FIRST_RETRY_MILLIS << Math.min(failures - 1, RETRY_DOUBLINGS);
        retryAtNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(pauseMillis);
        board.raise(StateBoard.Trouble.RECOVERY, why.getMessage());
        events.recoveryFailed(why, failures, pauseMillis);
    }

    private void restored() {
        if (failures > 0) {
            events.recoveryRestored(failures);
            failures = 0;
            board.clear(StateBoard.Trouble.RECOVERY);
        }
    }

    private void checkOutput(RouteBatch route, int member) {
        int bad = route.firstNotFinite(member);
        if (bad < 0) {
            countFlags(route.member(member));
            return;
        }
        Slot slot = route.member(member);
        boolean sample = bad < route.samplesOfFrame;
        float value = sample ? slot.x[bad] : slot.residual;
        admission.reject(slot, FrameFault.NOT_FINITE_OUTPUT, sample ? "x" : "residual",
                (sample ? "x[" + bad + "]" : "the residual") + " is " + value + " for this frame; finite is right");
    }
}
