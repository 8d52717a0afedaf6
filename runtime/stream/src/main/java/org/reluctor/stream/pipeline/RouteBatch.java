package org.reluctor.stream.pipeline;

import org.reluctor.stream.Recovery;
import org.reluctor.stream.Route;

/** One route's share of the present batch, in arrays made once. Confined to the engine thread. */
final class RouteBatch {
    final Route route;
    final Recovery recovery;
    final int measurementsOfFrame;
    final int samplesOfFrame;
    private final Slot[] members;
    private final float[] y;
    private final float[] x;
    private final float[] residual;
    private int count;

    RouteBatch(Route route, int batchMax) {
        this.route = route;
        this.recovery = route.recovery();
        this.measurementsOfFrame = Math.multiplyExact(recovery.channels(), recovery.measurements());
        this.samplesOfFrame = Math.multiplyExact(recovery.channels(), recovery.samples());
        this.members = new Slot[batchMax];
        this.y = new float[Math.multiplyExact(batchMax, measurementsOfFrame)];
        this.x = new float[Math.multiplyExact(batchMax, samplesOfFrame)];
        this.residual = new float[batchMax];
    }

    /** Adds an accepted frame; the slot's measurements are read from its payload. */
    void add(Slot slot) {
        slot.frame.measurements(y, count * measurementsOfFrame);
        slot.reserve(samplesOfFrame);
        slot.route = this;
        members[count++] = slot;
    }

    int count() {
        return count;
    }

    Slot member(int i) {
        return members[i];
    }

    /** Recovers the batch and spreads the result over the slots. The batch stays: it may be tried again. */
    void recover() {
        Recovery network = recovery.current();
        network.recover(y, count, x, residual);
        long model = network.modelId();
        for (int i = 0; i < count; i++) {
            Slot slot = members[i];
            System.arraycopy(x, i * samplesOfFrame, slot.x, 0, samplesOfFrame);
            slot.residual = residual[i];
            slot.flags |= network.certifiedFlags(i);
            slot.modelId = model;
        }
    }

    /**
     * Index of the first sample of a member that is NaN or infinite; samplesOfFrame for its residual; -1 where all is
     * finite.
     */
    int firstNotFinite(int member) {
        float[] samples = members[member].x;
        for (int i = 0; i < samplesOfFrame; i++) {
            if (!Float.isFinite(samples[i])) {
                return i;
            }
        }
        return Float.isFinite(residual[member]) || isResidualUndefined(member) ? -1 : samplesOfFrame;
    }

    // ‖y − Φx̃‖/‖y‖ has no value without Φ, nor for y = 0, which a silent sensor sends.
    private boolean isResidualUndefined(int member) {
        if (!Float.isNaN(residual[member])) {
            return false;
        }
        if (recovery.matrixId() == 0) {
            return true;
        }
        for (int i = member * measurementsOfFrame; i < (member + 1) * measurementsOfFrame; i++) {
            if (y[i] != 0) {
                return false;
            }
        }
        return true;
    }

    void clear() {
        for (int i = 0; i < count; i++) {
            members[i] = null;
        }
        count = 0;
    }
}
