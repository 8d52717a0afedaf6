package org.reluctor.learn.convex;

import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.algebra.Samples;

/**
 * The convex program of a gated ReLU layer with c outputs: min ½‖Y − Σ D_iXU_i‖²_F + βΣ‖U_i‖ over U_i of [d, c], the
 * patterns D_i fixed. Weights of all groups stand one below the other in a matrix of [P·d, c].
 *
 * @param inputs   X, [N, d]; its last element is 1 where the layer has biases
 * @param targets  Y, [N, c]
 * @param patterns of these inputs
 * @param norm     of a group
 */
public record GatedProgram(Samples inputs, Samples targets, ActivationPatterns patterns, GroupNorm norm) {
    public GatedProgram {
        if (inputs.count() != targets.count() || inputs.count() == 0) {
            throw new IllegalArgumentException(inputs.count() + " inputs for " + targets.count()
                    + " targets; equally many are needed, and at least 1");
        }
    }

    /** The same with other patterns. */
    public GatedProgram withPatterns(ActivationPatterns others) {
        return new GatedProgram(inputs, targets, others, norm);
    }

    /** Inputs d of a gate. */
    public int width() {
        return inputs.width();
    }

    /** Outputs c. */
    public int outputs() {
        return targets.width();
    }

    /** All weights zero. */
    public Matrix zero() {
        return Matrix.zero(patterns.count() * width(), outputs());
    }
}
