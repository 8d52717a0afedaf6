package org.reluctor.learn.architecture;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.reluctor.learn.algebra.Matrix;
import org.reluctor.network.Attributes;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.NetworkBuilder;
import org.reluctor.network.NetworkMetadata;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.network.Value;

/**
 * What unrolled networks have in common: measurements y, Φ, a linear start x = Wy, trainable initializers drawn after
 * He et al. (arXiv 1502.01852: Gaussian, variance 2 / fan-in), and the data-consistency step x + W(y − Φx). Draws
 * depend on the seed and their order alone.
 */
final class RecoveryGraph {
    private static final String PHI = "Phi";

    private final NetworkBuilder builder;
    private final MeasurementMatrix measurement;
    private final Random random;
    private final Set<String> trainable = new TreeSet<>();
    private final Value y;
    private final Value phi;
    private final Value inverse;

    /**
     * Begins with the input y, [B, m].
     *
     * @param linear W, n×m
     */
    RecoveryGraph(String name, MeasurementMatrix measurement, Matrix linear, long seed) {
        if (linear.rows() != measurement.columns() || linear.columns() != measurement.rows()) {
            throw new IllegalArgumentException("W is " + linear.rows() + "×" + linear.columns() + " for a matrix of "
                    + measurement.rows() + "×" + measurement.columns());
        }
        this.measurement = measurement;
        random = new Random(seed);
        builder = new NetworkBuilder(name);
        y = builder.input("y", measurement.rows());
        phi = builder.constant(PHI, measurement.toArray(), measurement.rows(), measurement.columns());
        inverse = builder.constant(TrainableNetwork.LINEAR, linear.toFloats(), linear.rows(), linear.columns());
    }

    /** The same for square images. */
    static RecoveryGraph ofImages(String name, MeasurementMatrix measurement, Matrix linear, int side, long seed) {
        if (measurement.columns() != side * side) {
            throw new IllegalArgumentException("Φ has " + measurement.columns() + " columns for images of " + side
                    + "×" + side);
        }
        return new RecoveryGraph(name, measurement, linear, seed);
    }

    NetworkBuilder builder() {
        return builder;
    }

    Value y() {
        return y;
    }

    int n() {
        return measurement.columns();
    }

    int m() {
        return measurement.rows();
    }

    MeasurementMatrix measurement() {
        return measurement;
    }

    /** x = Wy. */
    Value linearStart() {
        return builder.gemm(y, inverse, null, true);
    }

    /** y − Φx. */
    Value residual(Value x) {
        return builder.sub(y, builder.gemm(x, phi, null, true));
    }

    /** Φᵀ(y − Φx), without W. */
    Value backProjected(Value x) {
        return builder.matMul(residual(x), phi);
    }

    /** x + W(y − Φx): the projection, where ΦW is near the identity. */
    Value consistent(Value x) {
        return builder.add(x, builder.gemm(residual(x), inverse, null, true));
    }

    /** A trainable initializer of Gaussian numbers, gain · √(2 / fan-in) of standard deviation. */
    Value weights(String name, int fanIn, double gain, int... dims) {
        float[] values = new float[Arrays.stream(dims).reduce(1, Math::multiplyExact)];
        double deviation = gain * Math.sqrt(2.0 / fanIn);
        for (int at = 0; at < values.length; at++) {
            values[at] = (float) (deviation * random.nextGaussian());
        }
        return trainable(name, values, dims);
    }

    /** A trainable initializer of equal numbers. */
    Value filled(String name, double value, int... dims) {
        float[] values = new float[Arrays.stream(dims).reduce(1, Math::multiplyExact)];
        Arrays.fill(values, (float) value);
        return trainable(name, values, dims);
    }

    /** A trainable initializer. */
    Value trainable(String name, float[] values, int... dims) {
        trainable.add(name);
        return builder.constant(name, values, dims);
    }

    /** A convolution of kernel 3 that keeps all sizes, over one or two spatial axes, with a bias of zeros or none. */
    Value convolution(String name, Value x, int outputs, double gain, boolean bias) {
        return convolution(name, x, 3, outputs, gain, bias);
    }

    /** The same with a kernel of another, odd width. */
    Value convolution(String name, Value x, int kernel, int outputs, double gain, boolean bias) {
        int axes = x.shape().rank() - 2;
        int[] dims = new int[axes + 2];
        Arrays.fill(dims, kernel);
        dims[0] = outputs;
        dims[1] = x.shape().dim(1);
        long[] pads = new long[2 * axes];
        Arrays.fill(pads, kernel / 2);
        int taps = axes == 1 ? kernel : kernel * kernel;
        return builder.conv(x, weights(name, dims[1] * taps, gain, dims), bias ? filled(name + ".b", 0, outputs) : null,
                new Attributes(Map.of("pads", pads)));
    }

    /** B·ReLU(A·x + a) of the whole signal, with so many hidden units; B ×0.1. */
    Value denseBranch(String stem, Value x, int hidden) {
        Value inner = builder.relu(builder.gemm(x, weights(stem + ".A", n(), 1, hidden, n()),
                filled(stem + ".A.b", 0, hidden), true));
        return builder.gemm(inner, weights(stem + ".B", hidden, 0.1, n(), hidden), null, true);
    }

    /** Finishes; {@code estimate} may be null. */
    TrainableNetwork finish(Value signal, Value estimate, NetworkMetadata metadata) {
        builder.output(signal, "signal");
        if (estimate != null) {
            builder.output(estimate, RecoveryNetwork.ESTIMATE);
        }
        return new TrainableNetwork(builder.build(metadata.withMatrix(PHI, measurement.id()), measurement), trainable);
    }
}
