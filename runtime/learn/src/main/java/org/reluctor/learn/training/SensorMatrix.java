package org.reluctor.learn.training;

import java.util.Arrays;
import java.util.Set;
import org.reluctor.learn.gradient.Elementary;
import org.reluctor.learn.gradient.Formula;
import org.reluctor.learn.gradient.NetworkTape;
import org.reluctor.learn.gradient.Tape;
import org.reluctor.learn.gradient.Tensor;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.network.Value;

/**
 * Φ in training: as it is; or, where its initializer is among the trainable ones, learned with the network, of free
 * numbers or of ±1 (the sign of free numbers, with the derivative straight through: Bengio et al., arXiv 1308.3432).
 *
 * @param name    of its initializer; empty where the network has none
 * @param matrix  as it begins
 * @param learned whether it is trained
 * @param binary  whether it is held at ±1 then
 */
record SensorMatrix(String name, MeasurementMatrix matrix, boolean learned, boolean binary) {
    /** Free numbers behind signs begin here: near enough to zero for signs to change. */
    private static final double LATENT = 0.1;

    static SensorMatrix of(RecoveryNetwork network, Set<String> trainable, boolean binary) {
        MeasurementMatrix matrix = network.matrix().orElseThrow(() -> new IllegalArgumentException(
                "the network names no measurement matrix; signals cannot be measured for it"));
        String name = network.metadata().matrixName();
        boolean signs = binary && trainable.contains(name);
        for (float entry : matrix.toArray()) {
            if (signs && Math.abs(entry) != 1) {
                throw new IllegalArgumentException("the matrix holds " + entry + "; one that is to be learned as ±1"
                        + " must begin as ±1");
            }
        }
        return new SensorMatrix(name, matrix, trainable.contains(name), signs);
    }

    /** Free numbers to begin with. */
    float[] start() {
        float[] values = matrix.toArray();
        for (int at = 0; at < values.length && binary; at++) {
            values[at] = (float) (LATENT * values[at]);
        }
        return values;
    }

    /** Puts Φ on the tape and, where it is learned, into the network's place of it; gives the free numbers or Φ. */
    Recorded record(Tape tape, NetworkTape recorder, RecoveryNetwork network) {
        int[] dims = {matrix.rows(), matrix.columns()};
        if (!learned) {
            float[] floats = matrix.toArray();
            double[] values = new double[floats.length];
            Arrays.setAll(values, at -> floats[at]);
            Tensor constant = tape.constant(values, dims);
            return new Recorded(constant, constant);
        }
        Tensor free = tape.variable(dims);
        Tensor phi = binary ? tape.pointwise(Elementary.BINARY.of(Formula.input(0)), free) : free;
        network.nodes().forEach(node -> node.inputs().stream().filter(this::isPhi).forEach(input ->
                recorder.substitute(input, phi)));
        return new Recorded(free, phi);
    }

    private boolean isPhi(Value input) {
        return input.floats() != null && input.name().equals(name);
    }

    /** Φ that free numbers stand for. */
    float[] settled(float[] free) {
        float[] values = free.clone();
        for (int at = 0; at < values.length && binary; at++) {
            values[at] = values[at] >= 0 ? 1 : -1;
        }
        return values;
    }

    /**
     * Φ on the tape.
     *
     * @param free what is trained
     * @param phi  what measures
     */
    record Recorded(Tensor free, Tensor phi) {
    }
}
