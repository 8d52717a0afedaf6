package org.reluctor.learn.convex;

import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.algebra.Samples;
import org.reluctor.network.NetworkBuilder;
import org.reluctor.network.Value;

/** f(x) = relu(xW)A: what a {@link ConeProgram}'s weights become once its cones hold. */
public final class ReluNetwork extends TwoLayerNetwork {
    ReluNetwork(HiddenUnits units) {
        super(units);
    }

    /** W, [d, m], shared. */
    public Matrix input() {
        return units().input();
    }

    /** A, [m, c], shared. */
    public Matrix output() {
        return units().output();
    }

    @Override
    void activate(Samples inputs, Samples hidden) {
        for (int at = 0; at < hidden.values().length; at++) {
            hidden.values()[at] = Math.max(0, hidden.values()[at]);
        }
    }

    @Override
    Value hidden(NetworkBuilder graph, Value x) {
        return graph.relu(LayerGraph.affine(graph, x, "W", units().input()));
    }
}
