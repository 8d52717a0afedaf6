package org.reluctor.network;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Holds together what a network says about itself in three places: its shapes, its metadata, its measurement matrix.
 * Refusals are {@link IllegalArgumentException}s.
 */
final class NetworkConsistency {
    /** Name of Φ's initializer where none is given. */
    static final String DEFAULT_MATRIX_NAME = "Phi";

    private NetworkConsistency() {
    }

    /** The outputs, the signal first: that is the first that is not called {@link RecoveryNetwork#ESTIMATE}. */
    static List<Value> orderOutputs(List<Value> outputs, Value input) {
        Set<Value> distinct = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Value output : outputs) {
            if (!distinct.add(output)) {
                throw new IllegalArgumentException("the output " + Quote.of(output.name()) + " is given twice");
            }
            checkComputed(output, input);
        }
        List<Value> ordered = new ArrayList<>(outputs);
        Value signal = ordered.stream().filter(output -> !output.name().equals(RecoveryNetwork.ESTIMATE)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the network has no output for the signal; one that is"
                        + " not called '" + RecoveryNetwork.ESTIMATE + "' must be there"));
        ordered.removeIf(output -> output == signal);
        ordered.add(0, signal);
        return ordered;
    }

    private static void checkComputed(Value output, Value input) {
        if (output.isConstant() || output == input) {
            throw new IllegalArgumentException("the output " + Quote.of(output.name()) + (output == input
                    ? " is the input itself" : " does not depend on the network's input"));
        }
    }

    /**
     * The metadata checked against the shapes and Φ, and completed by them.
     *
     * @param metadata or null for what the shapes say with one channel
     * @param matrix   or null
     */
    static NetworkMetadata complete(NetworkMetadata metadata, MeasurementMatrix matrix, Value input,
            List<Value> outputs) {
        Value signal = outputs.get(0);
        NetworkMetadata given = metadata != null ? metadata : NetworkMetadata.of(
                (int) signal.shape().frameElements(), (int) input.shape().frameElements(), 1);
        given.check();
        checkElements("the input", input, "m", given.m(), given.channels());
        checkElements("the output", signal, "n", given.n(), given.channels());
        outputs.stream().filter(output -> output.name().equals(RecoveryNetwork.ESTIMATE))
                .forEach(output -> checkElements("the output", output, "n", given.n(), given.channels()));
        return matrix == null ? withoutMatrix(given) : withMatrix(given, matrix);
    }

    private static void checkElements(String role, Value value, String letter, int size, int channels) {
        if (value.shape().frameElements() != (long) size * channels) {
            throw new IllegalArgumentException(role + " " + Quote.of(value.name()) + " is " + value.shape() + ", but "
                    + letter + " is " + size + " and channels is " + channels + ": " + (long) size * channels
                    + " elements a frame would be right");
        }
    }

    private static NetworkMetadata withoutMatrix(NetworkMetadata metadata) {
        if (!metadata.matrixName().isEmpty()) {
            throw new IllegalArgumentException("the metadata name the matrix " + Quote.of(metadata.matrixName())
                    + ", but the network has none");
        }
        return metadata;
    }

    private static NetworkMetadata withMatrix(NetworkMetadata metadata, MeasurementMatrix matrix) {
        if (matrix.rows() != metadata.m() || matrix.columns() != metadata.n()) {
            boolean transposed = matrix.rows() == metadata.n() && matrix.columns() == metadata.m();
            throw new IllegalArgumentException("the measurement matrix is " + matrix.rows() + "×" + matrix.columns()
                    + ", but m is " + metadata.m() + " and n is " + metadata.n()
                    + (transposed ? ": it stands transposed, [m, n] is right" : ": [m, n] is right"));
        }
        if (!metadata.matrixId().isEmpty() && !metadata.matrixId().equals(matrix.id())) {
            throw new IllegalArgumentException("the matrix id is given as " + Quote.of(metadata.matrixId())
                    + ", but the matrix has " + matrix.id());
        }
        String name = metadata.matrixName().isEmpty() ? DEFAULT_MATRIX_NAME : metadata.matrixName();
        return metadata.withMatrix(name, matrix.id());
    }

    /** Refuses a value of Φ's name in the graph that is not Φ; {@code value} may be null. */
    static void checkMatrixValue(Value value, String name, MeasurementMatrix matrix) {
        if (value != null && matrix != null && !matrix.equalsValue(value)) {
            throw new IllegalArgumentException("the value " + Quote.of(name) + " " + value.shape()
                    + " bears the measurement matrix's name but is not that matrix");
        }
    }
}
