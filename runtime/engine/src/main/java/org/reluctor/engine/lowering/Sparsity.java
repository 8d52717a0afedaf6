package org.reluctor.engine.lowering;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.reluctor.network.Node;
import org.reluctor.network.Value;

/**
 * Which values may be expected to be zero in most places: what comes from a ReLU or a soft threshold, and what keeps
 * its zeros. An expectation only: where it is wrong, time is lost and nothing else, for zeros are
 * skipped only where all weights are finite, as the network has them and as they are stored.
 */
final class Sparsity {
    private final Set<Value> sparse = Collections.newSetFromMap(new IdentityHashMap<>());

    /** Looks at a node; to be called in the network's order. */
    void visit(Node node) {
        boolean result = switch (node.operator()) {
            case RELU -> true;
            case NEG, ABS, SIGN, IDENTITY, RESHAPE, FLATTEN, SQUEEZE, UNSQUEEZE, TRANSPOSE, SLICE, SPLIT ->
                    contains(node.inputs().get(0));
            case ADD, SUB, CONCAT -> node.inputs().stream().allMatch(this::contains);
            case MUL -> node.inputs().stream().anyMatch(this::contains);
            default -> false;
        };
        if (result) {
            sparse.addAll(node.outputs());
        }
    }

    /** Whether the value is expected to be zero in most places. */
    boolean contains(Value value) {
        return sparse.contains(value);
    }

    /** Whether zeros may be skipped in a product by these weights: a zero times infinity would be NaN. */
    static boolean allFinite(float[] weights) {
        for (float weight : weights) {
            if (!Float.isFinite(weight)) {
                return false;
            }
        }
        return true;
    }
}
