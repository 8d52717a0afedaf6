package org.reluctor.opencl.sequence;

import java.nio.IntBuffer;
import java.util.List;
import org.reluctor.opencl.device.CommandQueue;
import org.reluctor.opencl.device.DeviceBuffer;
import org.reluctor.opencl.device.DeviceSession;
import org.reluctor.opencl.device.Kernel;
import org.reluctor.opencl.device.Program;

/**
 * All calls for a batch in one launch that runs in the calling thread, so that no thread has to be woken for it.
 * Batches that give every compute unit enough to do by itself may run as another sequence. Helpers on the other compute
 * units take their shares of the larger calls. They are asked to come but never waited for until they have begun
 * something, and stay for some tens of microseconds behind a frame, so that of a stream of frames only the first pays
 * for their coming (led.cl).
 *
 * <p>For sessions with a {@link DeviceSession#callerQueue} and arenas in shared memory. A frame whose helper was taken
 * off its core in the middle of a share is given up and computed again without helpers, and so are some after it.
 */
public final class LedSequence implements LaunchSequence {
    /** Frames without helpers after one was given up; doubled by every further one up to the most. */
    private static final int LEAST_DISTRUST = 8;
    private static final int MOST_DISTRUST = 1024;
    /** Frames without a fault after which the next fault counts as the first again. */
    private static final int FORGIVEN_AFTER = 1024;
    /** Parties that the leader's cell can count, itself included. */
    private static final int MOST_PARTIES = 255;

    // Places in the cells, as in led.cl.
    private static final int LINE = 32;
    private static final int NOW = 0;
    private static final int TURN_SHIFT = 8;
    private static final int GIVEN_UP = 2;
    private static final int LAUNCH = LINE;
    private static final int GO = LINE + 1;
    private static final int FIRST_HELPER = 2 * LINE;
    private static final int NOBODY = -1;
    private static final int JOINED = 0;
    private static final int DONE = 1;
    private static final int LEFT = 2;

    private final int mostFrames;
    private final LaunchSequence batches;
    private final CommandQueue helperQueue;
    private final CommandQueue callerQueue;
    private final DeviceBuffer cellBuffer;
    private final IntBuffer cells;
    private final Program leaderProgram;
    private final Kernel leader;
    private final Kernel.Number frames;
    private final Program helperProgram;
    private final Kernel helper;
    private final int helpers;
    private final long[] one = {1};
    private final long[] global;
    private int launch;
    private int distrust;
    private int nextDistrust = LEAST_DISTRUST;
    private int faultless;
    private long givenUp;

    /**
     * The calls over these arenas, both shared; they stay the caller's.
     *
     * @param mostFrames of a batch that is computed so
     * @param batches    the same network for larger batches; closed with this one
     */
    public LedSequence(DeviceSession session, List<Call> calls, DeviceBuffer constants, DeviceBuffer tensors,
            int mostFrames, LaunchSequence batches) {
        this.mostFrames = mostFrames;
        this.batches = batches;
        this.helperQueue = session.queue();
        this.callerQueue = session.callerQueue().orElseThrow();
        LedText text = new LedText(calls, Math.min(session.device().computeUnits(), MOST_PARTIES) - 1);
        this.helpers = text.mostHelpers();
        this.global = new long[] {helpers};
        this.cellBuffer = session.zeroed(FIRST_HELPER + helpers * LINE);
        this.cells = cellBuffer.integers();
        this.leaderProgram = session.callerProgram(text.leader());
        this.leader = leaderProgram.kernel("lead").with(constants).with(tensors).with(cellBuffer);
        this.frames = leader.number();
        this.helperProgram = helpers > 0 ? session.program(text.helpers()) : null;
        this.helper = helpers > 0 ? helperProgram.kernel("help").with(constants).with(tensors).with(cellBuffer) : null;
        // The frame before the first is over.
        cells.put(NOW, text.turns() << TURN_SHIFT);
        for (int h = 0; h < helpers; h++) {
            cells.put(FIRST_HELPER + h * LINE + JOINED, NOBODY);
            cells.put(FIRST_HELPER + h * LINE + DONE, NOBODY);
        }
    }

    @Override
    public void enqueue(int count) {
        if (count > mostFrames || count > 1 && distrust > 0) {
            distrust -= count > mostFrames ? 0 : 1;
            batches.enqueue(count);
            return;
        }
        frames.set(count);
        if (distrust > 0) {
            distrust--;
        } else if (helpers > 0 && haveLeft()) {
            cells.put(LAUNCH, ++launch);
            helperQueue.launchBeside(helper, global, one);
        }
        lead();
        if (cells.get(GIVEN_UP) != 0) {
            distrust();
            lead();
        } else if (++faultless == FORGIVEN_AFTER) {
            nextDistrust = LEAST_DISTRUST;
        }
    }

    private void distrust() {
        dismiss();
        givenUp++;
        faultless = 0;
        distrust = nextDistrust;
        nextDistrust = Math.min(2 * nextDistrust, MOST_DISTRUST);
    }

    /** Whether all helpers of the last launch have left. */
    private boolean haveLeft() {
        for (int h = 0; h < helpers; h++) {
            if (cells.get(FIRST_HELPER + h * LINE + LEFT) != launch) {
                return false;
            }
        }
        return true;
    }

    private void lead() {
        callerQueue.launch(leader, one, one);
        callerQueue.finish();
    }

    /** Waits until the helpers have finished what they began, and are gone. */
    private void dismiss() {
        cells.put(GO, 1);
        helperQueue.finish();
        cells.put(GO, 0);
    }

    @Override
    public void settle() {
        batches.settle();
    }

    @Override
    public void rehearse(int count) {
        if (count > 1) {
            batches.rehearse(count);
        }
        enqueue(count);
    }

    @Override
    public long givenUp() {
        return givenUp + batches.givenUp();
    }

    @Override
    public void close() {
        dismiss();
        leader.close();
        leaderProgram.close();
        if (helpers > 0) {
            helper.close();
            helperProgram.close();
        }
        cellBuffer.close();
        batches.close();
    }
}
