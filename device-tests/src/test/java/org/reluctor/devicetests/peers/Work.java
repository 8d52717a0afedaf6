package org.reluctor.devicetests.peers;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.Predicate;
import org.reluctor.network.Node;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.network.Shape;
import org.reluctor.network.Value;

/**
 * What a network asks of a machine whatever program computes it: operations of its products and convolutions (a
 * multiplication and an addition are two), and the bytes of their float32 weights, each counted once a batch. Weights
 * that meet zeros need neither be read nor multiplied.
 *
 * @param denseOperations  a frame, of products whose every input counts
 * @param sparseOperations a frame, of products whose inputs are mostly zero, as if they were not
 * @param denseBytes       weights of the former
 * @param sparseBytes      weights of the latter
 * @param activity         share of inputs that are not zero in the latter
 */
record Work(long denseOperations, long sparseOperations, long denseBytes, long sparseBytes, double activity) {

    /**
     * Counts a network's products by constants.
     *
     * @param sparse whether the weights of that name meet activations of which only a share is not zero
     */
    static Work of(RecoveryNetwork network, double activity, Predicate<String> sparse) {
        long[] operations = new long[2];
        long[] bytes = new long[2];
        Set<float[]> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Node node : network.nodes()) {
            Value weights = weights(node);
            if (weights != null) {
                int kind = sparse.test(weights.name()) ? 1 : 0;
                operations[kind] += 2 * node.output().shape().frameElements() * inner(node, weights.shape());
                bytes[kind] += seen.add(weights.floats()) ? weights.floats().length * (long) Float.BYTES : 0;
            }
        }
        return new Work(operations[0], operations[1], bytes[0], bytes[1], activity);
    }

    /** Operations that a batch needs. */
    double operations(int batch) {
        return batch * (denseOperations + activity * sparseOperations);
    }

    /** Bytes of weights that a batch needs: a column that any frame of it uses is read. */
    double bytes(int batch) {
        return denseBytes + (1 - Math.pow(1 - activity, batch)) * sparseBytes;
    }

    /** The same with every weight in so many bytes. */
    Work stored(int bytesOfWeight) {
        return new Work(denseOperations, sparseOperations, denseBytes * bytesOfWeight / Float.BYTES,
                sparseBytes * bytesOfWeight / Float.BYTES, activity);
    }

    private static Value weights(Node node) {
        return switch (node.operator()) {
            case MATMUL, GEMM, CONV -> node.inputs().get(1).isConstant() ? node.inputs().get(1) : null;
            default -> null;
        };
    }

    /** Products summed for one element of the output. */
    private static long inner(Node node, Shape weights) {
        return switch (node.operator()) {
            case CONV -> weights.frameElements() / weights.dim(0);
            case GEMM -> weights.dim(node.attributes().integer("transB", 0) == 0 ? 0 : 1);
            default -> weights.dim(0);
        };
    }
}
