package org.reluctor.learn.convex;

import org.reluctor.learn.algebra.Matrix;

/** A method for one {@link GatedProgram}: from any start to weights within the gap that was asked for. */
interface GroupLassoSolver {
    /**
     * Solves for a penalty. The result's objective is never above the start's.
     *
     * @param beta  penalty, above 0
     * @param start weights to start from; not changed
     */
    GroupLassoSolution solve(double beta, Matrix start);
}
