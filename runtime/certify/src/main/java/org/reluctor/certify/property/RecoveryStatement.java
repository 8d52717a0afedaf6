package org.reluctor.certify.property;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.reluctor.certify.bound.Execution;
import org.reluctor.certify.graph.AffineLayer.Term;
import org.reluctor.certify.graph.DenseMap;
import org.reluctor.certify.graph.Float32Rounding;
import org.reluctor.certify.graph.LayerGraph;
import org.reluctor.certify.graph.LinearMap;
import org.reluctor.certify.graph.NetworkImport;
import org.reluctor.certify.graph.RefusedNetworkException;
import org.reluctor.certify.graph.SparseMap;
import org.reluctor.certify.interval.Box;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.NetworkMetadata;
import org.reluctor.network.RecoveryNetwork;

/**
 * A network between a signal and what is asked about it, as one graph: from coefficients and noise over Φ and the
 * network, with its scales, to the recovered signal, its error and its residual. The true signal skips past the network
 * exactly, so that what the error's two parts have in common is seen as such.
 *
 * <p>Layers named here are in the signal's unit, the residual y - Φx̃ in that of Φx. The network's own layers round as
 * float32 does; signal, noise and error are exact.
 */
public final class RecoveryStatement {
    private final LayerGraph graph;
    private final Box input;
    private final int measurements;
    private final int signal;
    private final int error;
    private final int residual;
    private final int consistency;

    /**
     * Puts the graph together.
     *
     * @throws RefusedNetworkException if the network cannot be certified for that execution, has no Φ, or more than one
     *                                 channel, or the class is of other signals
     */
    public RecoveryStatement(RecoveryNetwork network, SignalClass signals, Execution execution) {
        MeasurementMatrix matrix = network.matrix().orElseThrow(() -> new RefusedNetworkException(
                "the network names no measurement matrix (metadata reluctor.matrix); without one nothing is measured"));
        NetworkMetadata metadata = network.metadata();
        if (metadata.channels() != 1) {
            throw new RefusedNetworkException("the network has " + metadata.channels() + " channels; must have 1");
        }
        if (signals.samples() != metadata.n()) {
            throw new RefusedNetworkException("the signal class is of " + signals.samples()
                    + " samples; the network's signals have " + metadata.n());
        }
        int coefficients = signals.coefficients().size();
        int noises = signals.noise() > 0 ? metadata.m() : 0;
        input = input(signals, noises);
        LayerGraph.Builder builder = new LayerGraph.Builder(coefficients + noises);
        int x = builder.affine(0, basis(signals, noises), new double[metadata.n()], Float32Rounding.EXACT);
        DenseMap phi = matrix(matrix, 1);
        List<Term> measured = new ArrayList<>(List.of(new Term(x, phi)));
        if (noises > 0) {
            measured.add(new Term(0, selection(coefficients + noises, coefficients, noises)));
        }
        int y = builder.affine(measured, new double[metadata.m()], Float32Rounding.EXACT);
        measurements = y;
        int scaled = Scales.input(builder, y, metadata);
        List<Integer> outputs = new NetworkImport(network).append(builder, scaled);
        signal = Scales.output(builder, outputs.get(0), metadata);
        error = builder.affine(List.of(new Term(signal, SparseMap.scaling(metadata.n(), 1)),
                new Term(x, SparseMap.scaling(metadata.n(), -1))), new double[metadata.n()], Float32Rounding.EXACT);
        int estimate = network.estimate().map(value -> outputs.get(network.outputs().indexOf(value)))
                .orElse(outputs.get(0));
        residual = residual(builder, y, Scales.output(builder, estimate, metadata), matrix);
        consistency = residual(builder, y, signal, matrix);
        graph = builder.build();
    }

    private static Box input(SignalClass signals, int noises) {
        Box z = signals.coefficients();
        double[] low = Arrays.copyOf(z.low(), z.size() + noises);
        double[] high = Arrays.copyOf(z.high(), z.size() + noises);
        Arrays.fill(low, z.size(), low.length, -signals.noise());
        Arrays.fill(high, z.size(), high.length, signals.noise());
        return new Box(low, high);
    }

    private static LinearMap basis(SignalClass signals, int noises) {
        int coefficients = signals.coefficients().size();
        if (signals.basis() == null) {
            return selection(coefficients + noises, 0, coefficients);
        }
        int rows = signals.samples();
        double[] elements = new double[rows * (coefficients + noises)];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(signals.basis(), row * coefficients, elements, row * (coefficients + noises),
                    coefficients);
        }
        return new DenseMap(rows, coefficients + noises, elements);
    }

    private static SparseMap selection(int columns, int from, int count) {
        int[] sources = new int[count];
        Arrays.setAll(sources, at -> from + at);
        return SparseMap.selection(columns, sources);
    }

    private static DenseMap matrix(MeasurementMatrix matrix, double factor) {
        double[] elements = new double[matrix.rows() * matrix.columns()];
        for (int at = 0; at < elements.length; at++) {
            elements[at] = factor * matrix.at(at / matrix.columns(), at % matrix.columns());
        }
        return new DenseMap(matrix.rows(), matrix.columns(), elements);
    }

    /** y - Φx̃, or y - Φx̂, as the gateway computes them. */
    private static int residual(LayerGraph.Builder builder, int y, int estimate, MeasurementMatrix matrix) {
        return builder.affine(List.of(new Term(y, SparseMap.scaling(matrix.rows(), 1)),
                new Term(estimate, matrix(matrix, -1))), new double[matrix.rows()],
                Float32Rounding.ofSums(matrix.columns() + 4).withCoefficientError(2 * Scales.ERROR));
    }

    public LayerGraph graph() {
        return graph;
    }

    /** The box of coefficients and noise. */
    public Box input() {
        return input;
    }

    /** y, noise included, in the unit of Φx. */
    public int measurements() {
        return measurements;
    }

    /** The recovered signal. */
    public int signal() {
        return signal;
    }

    /** Recovered less true signal. */
    public int error() {
        return error;
    }

    /** y - Φx̃, x̃ the estimate before data consistency where the network gives it. */
    public int residual() {
        return residual;
    }

    /** y - Φx̂ of the signal that is given out. */
    public int consistency() {
        return consistency;
    }
}
