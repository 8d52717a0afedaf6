package org.reluctor.learn.convex;

import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.algebra.Samples;
import org.reluctor.network.NetworkBuilder;
import org.reluctor.network.Value;

/** f(x) = relu(xW)A: what a {@link ConeProgram}'s weights become once its cones hold. */
public final class ReluNetwork implements TwoLayerNetwork {
    private final HiddenUnits units;

    ReluNetwork(HiddenUnits units) {
        this.units = units;
    }

    @Override
    public int inputWidth() {
        return units.input().rows();
    }

    @Override
    public int neurons() {
        return units.count();
    }

    @Override
    public int outputs() {
        return units.output().columns();
    }

    /** W, [d, m], shared. */
    public Matrix input() {
        return units.input();
    }

    /** A, [m, c], shared. */
    public Matrix output() {
        return units.output();
    }

    @Override
    public Samples predict(Samples inputs) {
        if (neurons() == 0) {
            return Samples.zero(inputs.count(), outputs());
        }
        Samples hidden = units.weighted(inputs);
        for (int at = 0; at < hidden.values().length; at++) {
            hidden.values()[at] = Math.max(0, hidden.values()[at]);
        }
        return hidden.times(units.output());
    }

    @Override
    public double penalty() {
        return units.penalty();
    }

    @Override
    public Value addTo(NetworkBuilder graph, Value x, Matrix readout) {
        if (neurons() == 0) {
            return LayerGraph.zero(graph, x, inputWidth() - 1, readout.columns());
        }
        return LayerGraph.readOut(graph, graph.relu(LayerGraph.affine(graph, x, "W", units.input())), units.output(),
                readout);
    }
}
