package org.reluctor.learn.architecture;

import java.util.List;
import org.reluctor.learn.algebra.Matrix;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.NetworkBuilder;
import org.reluctor.network.NetworkMetadata;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.network.Value;

/**
 * Unrolled iterative shrinkage (ISTA's form, with matrices of their own in every phase): x₀ = W₀y, then K phases of a
 * soft threshold in a wavelet basis, written as two ReLUs, a synthesis and a data-consistency step; see
 * {@link ShrinkagePhase}. The graph is piecewise linear and uses MatMul, Gemm, Add, Sub, Neg and Relu alone.
 *
 * @param measurement Φ, m×n
 * @param start       W₀, n×m
 * @param basis       Ψ
 * @param phases      K of them; none makes the linear estimate
 */
public record UnrolledShrinkage(MeasurementMatrix measurement, Matrix start, DaubechiesBasis basis,
        List<ShrinkagePhase> phases) {
    /** Name of Φ's initializer. */
    private static final String PHI = "Phi";

    public UnrolledShrinkage {
        phases = List.copyOf(phases);
    }

    /** The linear start alone: x̂ = W₀y. */
    public UnrolledShrinkage linearStart() {
        return new UnrolledShrinkage(measurement, start, basis, List.of());
    }

    /**
     * The network as a graph. Its outputs are {@code signal} and, with phases, {@code estimate}: x̃ of the last phase.
     * Initializers are Phi, W0, Psi, and t, S, W with the phase's number.
     *
     * @param metadata whose input scale s divides y and whose output scale multiplies x; they must be equal, because
     *                     the thresholds are divided by them
     */
    public RecoveryNetwork assemble(String name, NetworkMetadata metadata) {
        if (metadata.inputScale() != metadata.outputScale() || metadata.outputOffset() != 0) {
            throw new IllegalArgumentException("input scale " + metadata.inputScale() + ", output scale "
                    + metadata.outputScale() + ", offset " + metadata.outputOffset()
                    + "; the scales must be equal, the offset 0");
        }
        NetworkBuilder graph = new NetworkBuilder(name);
        Value y = graph.input("y", measurement.rows());
        Value x = graph.gemm(y, constant(graph, "W0", start), null, true);
        Value estimate = null;
        if (!phases.isEmpty()) {
            Value phi = graph.constant(PHI, measurement.toArray(), measurement.rows(), measurement.columns());
            Value psi = constant(graph, "Psi", basis.matrix());
            for (int at = 0; at < phases.size(); at++) {
                estimate = shrink(graph, graph.matMul(x, psi), at, metadata.inputScale());
                Value residual = graph.sub(y, graph.gemm(estimate, phi, null, true));
                Value correction = constant(graph, "W" + (at + 1), phases.get(at).correction());
                x = graph.add(estimate, graph.gemm(residual, correction, null, true));
            }
        }
        graph.output(x, "signal");
        if (estimate != null) {
            graph.output(estimate, RecoveryNetwork.ESTIMATE);
        }
        return graph.build(metadata.withMatrix(PHI, measurement.id()), measurement);
    }

    private Value shrink(NetworkBuilder graph, Value z, int at, double scale) {
        double[] thresholds = phases.get(at).thresholds();
        float[] scaled = new float[thresholds.length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = (float) (thresholds[i] / scale);
        }
        Value threshold = graph.constant("t" + (at + 1), scaled, scaled.length);
        Value above = graph.relu(graph.sub(z, threshold));
        Value below = graph.relu(graph.sub(graph.neg(z), threshold));
        Value synthesis = constant(graph, "S" + (at + 1), phases.get(at).synthesis());
        return graph.gemm(graph.sub(above, below), synthesis, null, true);
    }

    private static Value constant(NetworkBuilder graph, String name, Matrix matrix) {
        return graph.constant(name, matrix.toFloats(), matrix.rows(), matrix.columns());
    }
}
