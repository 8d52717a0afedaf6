package org.reluctor.network;

import java.util.List;

/**
 * One operation of the graph, in its settled form: one form for each operator, whatever operator set a file was written
 * with, so that whoever executes nodes need not know the others. The package's description has the table.
 *
 * @param name       the node's name in the file, or one made from operator and position; never empty
 * @param operator   what is computed
 * @param inputs     in the operator's order, only tensors of the arithmetic (and a Reshape's target); none is null
 * @param outputs    in the operator's order
 * @param attributes settled: defaults filled in, axes from the front and ascending
 */
public record Node(String name, Operator operator, List<Value> inputs, List<Value> outputs, Attributes attributes) {
    public Node {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /** The name as it may stand in a message: quoted, on one line, of bounded length. */
    public String label() {
        return Quote.of(name);
    }

    /** The only output, for all operators but Split, which has several. */
    public Value output() {
        return outputs.get(0);
    }
}
