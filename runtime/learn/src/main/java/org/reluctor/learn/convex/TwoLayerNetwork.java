package org.reluctor.learn.convex;

import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.algebra.Samples;
import org.reluctor.network.NetworkBuilder;
import org.reluctor.network.Value;

/**
 * A layer of hidden units and a linear output, as recovered from a convex program's weights; what switches the units
 * on is the subclasses' own. Immutable.
 */
public abstract class TwoLayerNetwork {
    private final HiddenUnits units;

    TwoLayerNetwork(HiddenUnits units) {
        this.units = units;
    }

    HiddenUnits units() {
        return units;
    }

    /** Elements of an input, the bias's constant 1 among them. */
    public int inputWidth() {
        return units.input().rows();
    }

    /** Hidden units. */
    public int neurons() {
        return units.count();
    }

    /** Numbers that training chose: weights of the units, inputs and outputs. */
    public long parameters() {
        return (long) neurons() * (inputWidth() + outputs());
    }

    /** Elements of an output. */
    public int outputs() {
        return units.output().columns();
    }

    /** Outputs for inputs of [N, d], in float64. */
    public Samples predict(Samples inputs) {
        if (neurons() == 0) {
            return Samples.zero(inputs.count(), outputs());
        }
        Samples hidden = units.weighted(inputs);
        activate(inputs, hidden);
        return hidden.times(units.output());
    }

    /** Makes of the units' weighted sums, [N, R], what they give. */
    abstract void activate(Samples inputs, Samples hidden);

    /**
     * The network's own penalty, what the norms of the convex program become: ½Σ over groups of units of
     * ‖their input weights‖²_F + ‖their output weights‖². The output weights' norm is Frobenius' for units that stand
     * for themselves (plain weight decay), the spectral one for the units of a Frobenius group.
     */
    public double penalty() {
        return units.penalty();
    }

    /**
     * Adds the layers to a graph.
     *
     * @param x       [B, d − 1]: inputs without the bias's 1
     * @param readout multiplied to the outputs, [c, n]
     * @return [B, n]
     */
    public Value addTo(NetworkBuilder graph, Value x, Matrix readout) {
        return neurons() == 0 ? LayerGraph.zero(graph, x, inputWidth() - 1, readout.columns())
                : LayerGraph.readOut(graph, hidden(graph, x), units.output(), readout);
    }

    /** Adds the hidden layer, [B, R]. */
    abstract Value hidden(NetworkBuilder graph, Value x);

    /** ½‖Y − f(X)‖²_F + β·penalty: the nonconvex objective. */
    public double objective(Samples inputs, Samples targets, double beta) {
        return targets.plus(-1, predict(inputs)).energy() / 2 + beta * penalty();
    }
}
