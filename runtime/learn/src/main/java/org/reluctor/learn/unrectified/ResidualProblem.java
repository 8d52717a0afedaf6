package org.reluctor.learn.unrectified;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.algebra.PositiveDefinite;
import org.reluctor.learn.algebra.Products;
import org.reluctor.learn.algebra.Samples;
import org.reluctor.learn.architecture.TrainableNetwork;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.NetworkBuilder;
import org.reluctor.network.NetworkMetadata;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.network.Value;

/**
 * Recovery as the trainers here see it: from measurements, centred and divided by their deviation, to what the best
 * affine recovery leaves of the signal, divided by its deviation. An objective of ½ is that of the affine recovery
 * alone. What is trained becomes a network beside that recovery, which it is added to.
 */
public final class ResidualProblem {
    /** The noise that keeps the affine recovery's system regular, as a share of the mean variance. */
    private static final double NOISE = 1e-7;
    private static final String PHI = "Phi";

    private final Products products;
    private final MeasurementMatrix measurement;
    private final double[] signalMean;
    private final double[] measurementMean;
    private final Matrix estimate;
    private final double inputScale;
    private final double residualScale;

    /**
     * Fits the affine recovery.
     *
     * @param signals     x of the training set, [count, n]
     * @param measurement Φ, m×n
     */
    public ResidualProblem(Products products, Samples signals, MeasurementMatrix measurement) {
        this.products = products;
        this.measurement = measurement;
        Samples measurements = measured(signals);
        signalMean = signals.mean();
        measurementMean = measurements.mean();
        Samples centred = shifted(measurements, measurementMean, 1);
        Matrix gram = products.gram(centred, centred);
        double noise = NOISE * gram.trace() / gram.rows();
        estimate = PositiveDefinite.solve(gram.plusDiagonal(noise),
                products.gram(centred, shifted(signals, signalMean, 1)));
        inputScale = rms(centred);
        residualScale = rms(residual(signals, centred));
    }

    private Samples measured(Samples signals) {
        return products.times(signals, Matrix.of(measurement).transposed());
    }

    private Samples residual(Samples signals, Samples centred) {
        return shifted(signals, signalMean, 1).plus(-1, products.times(centred, estimate));
    }

    private static Samples shifted(Samples vectors, double[] mean, double scale) {
        Samples result = Samples.zero(vectors.count(), vectors.width());
        for (int at = 0; at < vectors.values().length; at++) {
            result.values()[at] = (vectors.values()[at] - mean[at % mean.length]) / scale;
        }
        return result;
    }

    private static double rms(Samples vectors) {
        return Math.sqrt(vectors.energy() / vectors.values().length);
    }

    /** What a network is given for these signals: [count, m]. */
    public Samples measurements(Samples signals) {
        return shifted(measured(signals), measurementMean, inputScale);
    }

    /** What it is to give: [count, n]. */
    public Samples targets(Samples signals) {
        Samples residual = residual(signals, shifted(measured(signals), measurementMean, 1));
        return shifted(residual, new double[signals.width()], residualScale);
    }

    /** The signals that a network recovers from its outputs, or the affine recovery alone where they are all zero. */
    public Samples recovered(Samples signals, Samples outputs) {
        Samples result = products.times(shifted(measured(signals), measurementMean, 1), estimate)
                .plus(residualScale, outputs);
        for (int at = 0; at < result.values().length; at++) {
            result.values()[at] += signalMean[at % signalMean.length];
        }
        return result;
    }

    /**
     * The trained network beside the affine recovery, as a graph of Gemm, Relu, Add and Sub that takes plain
     * measurements: centring and scales are in its numbers. A data-consistency step follows, x̂ = x̃ + W0(y − Φx̃); the
     * outputs are {@code signal} and {@code estimate}, x̃. Initializers are W and b with the layer's number from 1, E
     * with it where the form is unrolled, which may be trained on, and W0, b0 and Phi.
     *
     * @param metadata with input and output scale 1, output offset 0
     */
    public TrainableNetwork assemble(String name, DenseNetwork network, NetworkMetadata metadata) {
        if (metadata.inputScale() != 1 || metadata.outputScale() != 1 || metadata.outputOffset() != 0) {
            throw new IllegalArgumentException("input scale " + metadata.inputScale() + ", output scale "
                    + metadata.outputScale() + ", offset " + metadata.outputOffset() + "; 1, 1 and 0 are needed");
        }
        NetworkBuilder graph = new NetworkBuilder(name);
        Value y = graph.input("y", measurement.rows());
        double[] start = signalMean.clone();
        subtract(start, estimate, 1);
        Value weights = constant(graph, "W0", estimate);
        Value linear = graph.gemm(y, weights, vector(graph, "b0", start), false);
        Value activations = y;
        Set<String> trained = new TreeSet<>();
        for (int layer = 0; layer <= network.hidden(); layer++) {
            double scale = layer == network.hidden() ? residualScale : 1;
            Value sums = layer(graph, network, layer, List.of(activations, y), scale, trained);
            activations = layer == network.hidden() ? sums : graph.relu(sums);
        }
        Value guess = graph.add(linear, activations);
        Value phi = graph.constant(PHI, measurement.toArray(), measurement.rows(), measurement.columns());
        Value missing = graph.sub(y, graph.gemm(guess, phi, null, true));
        graph.output(graph.add(guess, graph.gemm(missing, weights, null, false)), "signal");
        graph.output(guess, RecoveryNetwork.ESTIMATE);
        return new TrainableNetwork(graph.build(metadata.withMatrix(PHI, measurement.id()), measurement), trained);
    }

    private Value layer(NetworkBuilder graph, DenseNetwork network, int layer, List<Value> given, double scale,
            Set<String> trained) {
        Matrix all = network.weights(layer).times(scale);
        List<Matrix> parts = new ArrayList<>();
        int first = network.activationPart(layer).rows();
        parts.add(rows(all, 0, first));
        if (all.rows() - 1 > first) {
            parts.add(rows(all, first, all.rows() - 1 - first));
        }
        double[] bias = rows(all, all.rows() - 1, 1).values();
        int seeing = layer == 0 ? 0 : parts.size() == 2 ? 1 : -1;
        if (seeing >= 0) {
            subtract(bias, parts.get(seeing), inputScale);
            parts.set(seeing, parts.get(seeing).times(1 / inputScale));
        }
        String number = String.valueOf(layer + 1);
        trained.addAll(parts.size() == 1 ? List.of("W" + number, "b" + number)
                : List.of("W" + number, "b" + number, "E" + number));
        Value sums = graph.gemm(given.get(0), constant(graph, "W" + number, parts.get(0)),
                vector(graph, "b" + number, bias), false);
        return parts.size() == 1 ? sums : graph.add(sums,
                graph.gemm(given.get(1), constant(graph, "E" + number, parts.get(1)), null, false));
    }

    /** Takes what the measurements' mean would give out of a bias. */
    private void subtract(double[] bias, Matrix weights, double scale) {
        for (int at = 0; at < weights.values().length; at++) {
            bias[at % bias.length] -= weights.values()[at] * measurementMean[at / bias.length] / scale;
        }
    }

    private static Matrix rows(Matrix all, int first, int count) {
        Matrix part = Matrix.zero(count, all.columns());
        System.arraycopy(all.values(), first * all.columns(), part.values(), 0, part.values().length);
        return part;
    }

    private static Value constant(NetworkBuilder graph, String name, Matrix matrix) {
        return graph.constant(name, matrix.toFloats(), matrix.rows(), matrix.columns());
    }

    private static Value vector(NetworkBuilder graph, String name, double[] values) {
        return graph.constant(name, Matrix.of(1, values.length, values).toFloats(), values.length);
    }
}
