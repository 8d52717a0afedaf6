package org.reluctor.learn.convex;

import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.algebra.Samples;
import org.reluctor.network.NetworkBuilder;
import org.reluctor.network.Value;

/**
 * f(x) = (gate(x) ∘ xW)A with fixed gates 1[x·g &gt; 0], one gate for all units of a group: what a
 * {@link GatedProgram}'s weights become. In a graph a gate is Relu(Sign(xG)), 0 where x·g is 0.
 */
public final class GatedNetwork extends TwoLayerNetwork {
    private final Matrix gates;

    /** @param gates [d, P], float32 values; a unit's group is its gate */
    GatedNetwork(Matrix gates, HiddenUnits units) {
        super(units);
        this.gates = gates;
    }

    /** The gates as columns, [d, P], shared. */
    public Matrix gates() {
        return gates;
    }

    /** The gate of every unit, a column of {@link #gates}. */
    public int[] gateOf() {
        return units().groupOf().clone();
    }

    /** And the gates. */
    @Override
    public long parameters() {
        return super.parameters() + gates.values().length;
    }

    @Override
    void activate(Samples inputs, Samples hidden) {
        Samples open = inputs.times(gates);
        for (int at = 0; at < hidden.values().length; at++) {
            int sample = at / neurons();
            if (!(open.values()[sample * gates.columns() + units().groupOf()[at % neurons()]] > 0)) {
                hidden.values()[at] = 0;
            }
        }
    }

    @Override
    Value hidden(NetworkBuilder graph, Value x) {
        Value open = graph.relu(graph.sign(LayerGraph.affine(graph, x, "G", gates)));
        Value openForUnits = graph.matMul(open, LayerGraph.constant(graph, "E", expansion()));
        return graph.mul(openForUnits, LayerGraph.affine(graph, x, "U", units().input()));
    }

    /** From gates to units: 1 where a unit has the gate, [P, R]. */
    private Matrix expansion() {
        Matrix expansion = Matrix.zero(gates.columns(), neurons());
        for (int unit = 0; unit < neurons(); unit++) {
            expansion.values()[units().groupOf()[unit] * neurons() + unit] = 1;
        }
        return expansion;
    }
}
