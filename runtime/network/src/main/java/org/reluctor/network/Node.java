package org.reluctor.network;

import java.util.List;

/**
 * One operation of the graph.
 *
 * @param name       the node's name in the file, or one made from operator and position; never empty
 * @param operator   what is computed
 * @param inputs     in the operator's order; optional ones that are absent at the end are left out
 * @param outputs    in the operator's order
 * @param attributes the operator's attributes as the file gives them
 */
public record Node(String name, Operator operator, List<Value> inputs, List<Value> outputs, Attributes attributes) {
    public Node {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /** The only output, for the operators that have one. */
    public Value output() {
        return outputs.get(0);
    }
}
