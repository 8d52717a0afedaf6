package org.reluctor.opencl.sequence;

import java.nio.IntBuffer;
import java.util.List;
import org.reluctor.opencl.device.CommandQueue;
import org.reluctor.opencl.device.DeviceBuffer;
import org.reluctor.opencl.device.DeviceSession;
import org.reluctor.opencl.device.Holdings;
import org.reluctor.opencl.device.Kernel;

/**
 * All calls for a batch in one launch that runs in the calling thread, so that no thread has to be woken for it.
 * Batches that give every compute unit enough to do by itself may run as another sequence. Helpers on the other compute
 * units take chunks of the larger calls. They are asked to come but never waited for until they have begun something,
 * and stay for a while behind a batch, so that of a stream of batches only the first pays for their coming (led.cl).
 *
 * <p>For sessions with a {@link DeviceSession#callerQueue} and arenas in shared memory. A batch whose helper was taken
 * off its core in the middle of a chunk is given up and computed again without helpers. Helpers that were of no use,
 * as where the operating system runs them on the leader's own core, are not asked again for a while.
 */
public final class LedSequence implements LaunchSequence {
    /** Batches for which helpers are left alone after they were of no use; doubled each time, up to the most. */
    private static final int LEAST_PAUSE = 4;
    private static final int MOST_PAUSE = 512;
    /** Batches that follow one another faster than this, and at least so many of them, are a stream. */
    private static final long STREAM_NS = 300_000;
    private static final int STREAM_BATCHES = 3;
    /** For a batch of fewer operations that is in no stream nobody is woken: it is done before they come. */
    private static final long FEW_OPERATIONS = 8_000_000;
    /**
     * Looks, of less than a nanosecond to a few each, for which helpers stay behind a batch. In a stream some
     * milliseconds, in which the operating system moves a helper away that it woke on the leader's own core.
     */
    private static final int STAY_IN_STREAM = 20_000_000;
    private static final int STAY_ALONE = 100_000;

    // Places in the cells, as in led.cl.
    private static final int LINE = 32;
    private static final int STAY = 2 * LINE;
    private static final int HELPED = 2 * LINE + 1;
    private static final int GIVEN_UP = 2 * LINE + 2;
    private static final int AWAY = 3 * LINE;
    private static final int TAKEN = 3 * LINE + 1;
    private static final int CELLS = 4 * LINE;

    private final int mostFrames;
    private final LaunchSequence batches;
    private final Holdings held = new Holdings();
    private final CommandQueue helperQueue;
    private final CommandQueue callerQueue;
    private final IntBuffer cells;
    private final Kernel leader;
    private final Kernel.Argument frames;
    private final Kernel helper;
    private final int helpers;
    private final int shared;
    private final long operationsPerFrame;
    private final long[] one = {1};
    private final long[] global;
    private boolean out;
    private int pause;
    private int nextPause = LEAST_PAUSE;
    private long lastNs;
    /** Batches in a row that followed the one before at once. */
    private int inARow;
    private long givenUp;

    /**
     * The calls over these arenas, both shared; they stay the caller's.
     *
     * @param mostFrames of a batch that is computed so
     * @param batches    the same network for larger batches; closed with this one, also where this one cannot be made
     */
    public LedSequence(DeviceSession session, List<Call> calls, DeviceBuffer constants, DeviceBuffer tensors,
            int mostFrames, LaunchSequence batches) {
        this.mostFrames = mostFrames;
        this.batches = batches;
        this.helperQueue = session.queue();
        this.callerQueue = session.callerQueue().orElseThrow();
        LedText text = new LedText(calls, session.device().computeUnits(), mostFrames);
        this.shared = Math.max(1, text.shared(1));
        this.operationsPerFrame = calls.stream().mapToLong(call -> call.operation().operationsPerFrame()).sum();
        this.helpers = text.shared(mostFrames) > 0 ? session.device().computeUnits() - 1 : 0;
        this.global = new long[] {helpers};
        held.add(batches);
        try {
            DeviceBuffer cellBuffer = held.add(session.zeroed(CELLS));
            this.cells = cellBuffer.integers();
            this.leader = held.add(held.add(session.callerProgram(text.leader())).kernel("lead")).with(constants)
                    .with(tensors).with(cellBuffer);
            this.frames = leader.argument();
            this.helper = helpers == 0 ? null : held.add(held.add(session.program(text.helpers())).kernel("help"))
                    .with(constants).with(tensors).with(cellBuffer);
        } catch (RuntimeException e) {
            Holdings.closeAfter(e, held);
            throw e;
        }
        held.add(this::dismiss);
    }

    @Override
    public void enqueue(int count) {
        if (count > mostFrames) {
            // What is enqueued now waits for helpers that are still out.
            cells.put(STAY, 0);
            batches.enqueue(count);
            return;
        }
        frames.set(count);
        lead(helpers > 0 && areHelpersOut(operationsPerFrame * count < FEW_OPERATIONS));
        if (cells.get(GIVEN_UP) != 0) {
            dismiss();
            judge(false);
            givenUp++;
            lead(false);
        }
        lastNs = System.nanoTime();
    }

    /** Asks helpers to come where that may be of use; whether any are out. */
    private boolean areHelpersOut(boolean few) {
        if (out && cells.get(AWAY) == helpers) {
            out = false;
            judge(cells.get(TAKEN) >= shared);
        }
        inARow = System.nanoTime() - lastNs < STREAM_NS ? inARow + 1 : 0;
        boolean stream = inARow >= STREAM_BATCHES;
        if (out) {
            // Behind a stream, frames that come one by one must not keep a core looking for work between them.
            cells.put(STAY, stream ? STAY_IN_STREAM : few ? 0 : STAY_ALONE);
        }
        if (out || few && !stream) {
            return out;
        }
        if (pause > 0) {
            pause--;
            return false;
        }
        invite(stream ? STAY_IN_STREAM : STAY_ALONE);
        return true;
    }

    private void invite(int stay) {
        cells.put(AWAY, 0);
        cells.put(TAKEN, 0);
        cells.put(STAY, stay);
        // Beforehand: a helper may run on this thread's core first, and must not leave before there is work.
        cells.put(HELPED, 1);
        helperQueue.launchBeside(helper, global, one);
        out = true;
    }

    private void judge(boolean useful) {
        pause = useful ? 0 : nextPause;
        nextPause = useful ? LEAST_PAUSE : Math.min(2 * nextPause, MOST_PAUSE);
    }

    private void lead(boolean helped) {
        cells.put(HELPED, helped ? 1 : 0);
        cells.put(GIVEN_UP, 0);
        callerQueue.launch(leader, one, one);
        callerQueue.finish();
        cells.put(HELPED, 0);
    }

    /** Waits until the helpers have finished what they began, and are gone. */
    private void dismiss() {
        cells.put(STAY, 0);
        helperQueue.finish();
        out = false;
    }

    @Override
    public void settle() {
        batches.settle();
    }

    @Override
    public void rehearse(int count) {
        if (count > mostFrames) {
            batches.rehearse(count);
            return;
        }
        if (helpers > 0 && !out) {
            invite(STAY_ALONE);
        }
        enqueue(count);
    }

    @Override
    public long givenUp() {
        return givenUp + batches.givenUp();
    }

    @Override
    public String describe(int count) {
        if (count > mostFrames) {
            return batches.describe(count);
        }
        return "in one launch in the calling thread" + (helpers == 0 ? "" : ", helped by " + helpers
                + (helpers == 1 ? " other compute unit" : " other compute units"));
    }

    @Override
    public void close() {
        held.close();
    }
}
