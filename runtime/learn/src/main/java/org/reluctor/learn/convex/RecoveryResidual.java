package org.reluctor.learn.convex;

import java.util.Arrays;
import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.algebra.Products;
import org.reluctor.learn.algebra.Samples;
import org.reluctor.learn.algebra.SymmetricEigen;
import org.reluctor.learn.architecture.LinearEstimate;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.NetworkBuilder;
import org.reluctor.network.NetworkMetadata;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.network.Value;

/**
 * What a two-layer network is to learn beside the linear recovery: from measurements y = Φx the part of x that the
 * linear MMSE estimate W₀y misses, in its principal directions V. Targets are Vᵀ(x − W₀y)/σ with σ the root mean
 * square of the residual's elements.
 *
 * <p>Inputs are [Ay + b, 1], whitened: their covariance is near the identity. The penalty on the weights then measures
 * what a gate adds to the outputs, not how large the measurements happen to be, gates drawn from a Gaussian cut the
 * data in all directions alike, and first-order methods need tens of iterations instead of thousands. A and b are
 * rounded to float32, so that a network file holds what was trained with.
 *
 * @param measurement Φ
 * @param linear      W₀, [n, m]
 * @param whitening   Aᵀ, [m, m]
 * @param offset      b, [m]
 * @param deviation   σ, in the unit of x
 * @param directions  V, [n, c]: orthonormal columns, the largest variance first
 */
public record RecoveryResidual(MeasurementMatrix measurement, Matrix linear, Matrix whitening, float[] offset,
        double deviation, Matrix directions) {
    private static final String PHI = "Phi";
    /** Of the largest variance of a measurement's direction; what is below it is not amplified further. */
    private static final double LEAST_VARIANCE = 1e-7;

    /**
     * Learns W₀, the whitening and V from signals.
     *
     * @param signals x, [N, n]
     * @param noise   standard deviation of the noise on each measurement, in the unit of x; above 0 where Φ could have
     *                    dependent rows
     * @param outputs c, from 1 to n
     */
    public static RecoveryResidual of(Samples signals, MeasurementMatrix measurement, double noise, int outputs,
            Products products) {
        if (outputs < 1 || outputs > signals.width()) {
            throw new IllegalArgumentException("the principal outputs are " + outputs + "; right is from 1 to n = "
                    + signals.width());
        }
        Matrix covariance = Matrix.zero(signals.width(), signals.width())
                .plus(1.0 / signals.count(), products.gram(signals, signals));
        Matrix linear = LinearEstimate.of(covariance, measurement, noise * noise).matrix();
        Matrix phi = Matrix.of(measurement);
        Matrix keep = linear.times(phi).plus(-1, Matrix.zero(signals.width(), signals.width()).plusDiagonal(1));
        Matrix error = keep.times(covariance).times(keep.transposed());
        SymmetricEigen eigen = SymmetricEigen.of(error);
        Matrix directions = Matrix.zero(signals.width(), outputs);
        for (int row = 0; row < signals.width(); row++) {
            System.arraycopy(eigen.vectors().values(), row * signals.width(), directions.values(), row * outputs,
                    outputs);
        }
        double[] mean = signals.mean();
        Matrix phiMean = phi.times(Matrix.of(mean.length, 1, mean));
        Matrix spread = phi.times(covariance).times(phi.transposed())
                .plus(-1, phiMean.times(phiMean.transposed())).plusDiagonal(noise * noise);
        Matrix whitening = whitening(spread);
        float[] offset = Matrix.zero(phi.rows(), 1).plus(-1, whitening.transposed().times(phiMean)).toFloats();
        return new RecoveryResidual(measurement, linear, whitening, offset,
                Math.sqrt(error.trace() / signals.width()), directions);
    }

    /** The inverse square root of a covariance, symmetric, rounded to float32; directions of no variance stay small. */
    private static Matrix whitening(Matrix covariance) {
        SymmetricEigen eigen = SymmetricEigen.of(covariance);
        Matrix scaled = eigen.vectors().transposed();
        for (int at = 0; at < scaled.values().length; at++) {
            double variance = Math.max(eigen.values()[at / scaled.columns()], LEAST_VARIANCE * eigen.values()[0]);
            scaled.values()[at] /= Math.sqrt(variance);
        }
        Matrix result = eigen.vectors().times(scaled);
        for (int at = 0; at < result.values().length; at++) {
            result.values()[at] = (float) result.values()[at];
        }
        return result;
    }

    /** Measurements of signals, rounded to float32, [N, m]. */
    public Samples measure(Samples signals, Products products) {
        Samples y = products.times(signals, Matrix.of(measurement).transposed());
        for (int at = 0; at < y.values().length; at++) {
            y.values()[at] = (float) y.values()[at];
        }
        return y;
    }

    /** The layer's inputs [Ay + b, 1], [N, m + 1]. */
    public Samples inputs(Samples measurements, Products products) {
        int m = measurements.width();
        Samples white = products.times(measurements, whitening);
        Samples inputs = Samples.zero(measurements.count(), m + 1);
        Arrays.fill(inputs.values(), 1);
        for (int at = 0; at < white.values().length; at++) {
            inputs.values()[at / m * (m + 1) + at % m] = white.values()[at] + offset[at % m];
        }
        return inputs;
    }

    /** The layer's targets Vᵀ(x − W₀y)/σ, [N, c]. */
    public Samples targets(Samples signals, Samples measurements, Products products) {
        Samples residual = signals.plus(-1, products.times(measurements, linear.transposed()));
        Matrix scaled = Matrix.zero(directions.rows(), directions.columns()).plus(1 / deviation, directions);
        return products.times(residual, scaled);
    }

    /** x̂ = W₀y + σV·outputs, [N, n]: without the data-consistency step. */
    public Samples recover(Samples measurements, Samples outputs, Products products) {
        return products.times(measurements, linear.transposed()).plus(1, products.times(outputs, readout()));
    }

    private Matrix readout() {
        return Matrix.zero(directions.columns(), directions.rows()).plus(deviation, directions.transposed());
    }

    /**
     * The whole recovery as a graph: x̃ = W₀y + σV·f(Ay + b), then x̂ = x̃ + W₀(y − Φx̃). Its outputs are
     * {@code signal} and {@code estimate}, x̃.
     *
     * @param metadata of scales 1 and offset 0, with whatever the trainer says; Φ's id is filled in
     */
    public RecoveryNetwork assemble(String name, TwoLayerNetwork layer, NetworkMetadata metadata) {
        if (metadata.inputScale() != 1 || metadata.outputScale() != 1 || metadata.outputOffset() != 0) {
            throw new IllegalArgumentException("input scale " + metadata.inputScale() + ", output scale "
                    + metadata.outputScale() + ", offset " + metadata.outputOffset()
                    + "; right are 1, 1 and 0, the layer has its own scales");
        }
        NetworkBuilder graph = new NetworkBuilder(name);
        Value y = graph.input("y", measurement.rows());
        Value weights = graph.constant("W0", linear.toFloats(), linear.rows(), linear.columns());
        Value phi = graph.constant(PHI, measurement.toArray(), measurement.rows(), measurement.columns());
        Value white = graph.gemm(y, graph.constant("A", whitening.toFloats(), whitening.rows(), whitening.columns()),
                graph.constant("b", offset, offset.length), false);
        Value estimate = graph.add(graph.gemm(y, weights, null, true), layer.addTo(graph, white, readout()));
        Value missing = graph.sub(y, graph.gemm(estimate, phi, null, true));
        Value signal = graph.add(estimate, graph.gemm(missing, weights, null, true));
        graph.output(signal, "signal");
        graph.output(estimate, RecoveryNetwork.ESTIMATE);
        return graph.build(metadata.withMatrix(PHI, measurement.id()), measurement);
    }
}
