package org.reluctor.learn.convex;

import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.algebra.Samples;
import org.reluctor.network.NetworkBuilder;
import org.reluctor.network.Value;

/** A layer of hidden units and a linear output, as recovered from a convex program's weights. Immutable. */
public interface TwoLayerNetwork {
    /** Elements of an input, the bias's constant 1 among them. */
    int inputWidth();

    /** Hidden units. */
    int neurons();

    /** Elements of an output. */
    int outputs();

    /** Outputs for inputs of [N, d], in float64. */
    Samples predict(Samples inputs);

    /**
     * The network's own penalty, what the norms of the convex program become: ½Σ over groups of units of
     * ‖their input weights‖²_F + ‖their output weights‖². The output weights' norm is Frobenius' for units that stand
     * for themselves (plain weight decay), the spectral one for the units of a Frobenius group.
     */
    double penalty();

    /**
     * Adds the layers to a graph.
     *
     * @param x       [B, d − 1]: inputs without the bias's 1
     * @param readout multiplied to the outputs, [c, n]
     * @return [B, n]
     */
    Value addTo(NetworkBuilder graph, Value x, Matrix readout);

    /** ½‖Y − f(X)‖²_F + β·penalty: the nonconvex objective. */
    default double objective(Samples inputs, Samples targets, double beta) {
        Samples residual = targets.plus(-1, predict(inputs));
        return StreamedQuadratic.energy(residual) / 2 + beta * penalty();
    }
}
