package org.reluctor.learn.convex;

import org.reluctor.learn.algebra.Matrix;

/**
 * The smooth half of a {@link GatedProgram}, ½‖Y − ZU‖²_F with Z = [D_1X … D_PX], as the three things that every
 * method and the gap are made of. Since it is quadratic, the gradient ZᵀZU − ZᵀY and all its combinations cost one
 * product an iteration.
 */
interface GatedQuadratic {
    /** Number of groups P. */
    int groups();

    /** Rows d of a group. */
    int width();

    /** ZᵀY, [P·d, c], shared. */
    Matrix target();

    /** ‖Y‖²_F. */
    double energy();

    /** ZᵀZU, [P·d, c]. */
    Matrix gramTimes(Matrix weights);
}
