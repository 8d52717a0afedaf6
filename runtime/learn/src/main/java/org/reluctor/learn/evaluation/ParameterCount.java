package org.reluctor.learn.evaluation;

import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.network.Value;

/**
 * How many numbers of a network were trained. A network's file says so ({@code reluctor.trained.parameters}), because
 * only its trainer knows which constants were computed from Φ and the data's covariance. Where it is silent, all float
 * constants count, each once, but Φ and Φᵀ: an upper bound.
 */
public final class ParameterCount {
    private ParameterCount() {
    }

    /** The count. */
    public static long of(RecoveryNetwork network) {
        if (network.metadata().provenance().parameters() > 0) {
            return network.metadata().provenance().parameters();
        }
        Set<Value> constants = Collections.newSetFromMap(new IdentityHashMap<>());
        network.nodes().forEach(node -> node.inputs().stream().filter(value -> value.floats() != null)
                .forEach(constants::add));
        network.matrix().ifPresent(matrix -> constants.removeIf(value -> isMatrix(value.floats(), matrix)));
        return constants.stream().mapToLong(value -> value.shape().frameElements()).sum();
    }

    private static boolean isMatrix(float[] values, MeasurementMatrix matrix) {
        return Arrays.equals(values, matrix.toArray()) || Arrays.equals(values, matrix.toTransposedArray());
    }
}
