package org.reluctor.learn.architecture;

import java.util.Arrays;
import org.reluctor.learn.algebra.Matrix;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.NetworkBuilder;
import org.reluctor.network.NetworkMetadata;
import org.reluctor.network.Value;

/**
 * Learned iterative shrinkage in a dictionary D, with A = ΦD. {@link Coupling#FREE} is LISTA (Gregor and LeCun, ICML
 * 2010): z ← soft(E·y + S·z, θ), E and S shared by all iterations. {@link Coupling#COUPLED} is LISTA-CPSS (Chen, Liu,
 * Wang and Yin, arXiv 1808.10038, equations 11 and 13): z ← η(z + Vᵀ(y − A·z)) with V of each iteration. There, the
 * largest entries by share are not shrunk; a share needs a sort, which a piecewise linear graph lacks, so that entries
 * are selected by magnitude: η is firm shrinkage, zero up to θ, the identity from τ on, linear between. Both end with
 * x = D·z, D trained. Initial values: those of ISTA with step 1/L, L = ‖A‖².
 *
 * @param iterations at least 1
 * @param threshold  θ at the start, in the unit of z
 * @param coupling   which of both
 */
public record Lista(int iterations, double threshold, Coupling coupling) {
    private static final int POWER_ITERATIONS = 200;
    /** τ / θ where selection by magnitude begins. */
    private static final double SELECTED = 4;

    /** How the matrices of an iteration hang together. */
    public enum Coupling {
        /** Two free matrices. */
        FREE,
        /** One, coupled with A, and support selection. */
        COUPLED
    }

    public Lista {
        if (iterations < 1 || !(threshold > 0)) {
            throw new IllegalArgumentException(iterations + " iterations, threshold " + threshold
                    + "; 1 or more, and above 0, are right");
        }
    }

    /**
     * The network before training.
     *
     * @param dictionary D, n×p
     */
    public TrainableNetwork assemble(String name, MeasurementMatrix measurement, Matrix dictionary,
            NetworkMetadata metadata) {
        Matrix a = Matrix.of(measurement).times(dictionary);
        double step = 1 / squaredNorm(a);
        RecoveryGraph graph = new RecoveryGraph(name, measurement,
                Matrix.zero(measurement.columns(), measurement.rows()), 0);
        Value z = coupling == Coupling.FREE ? free(graph, a, step) : coupled(graph, a, step);
        Value synthesis = graph.trainable("D", dictionary.toFloats(), dictionary.rows(), dictionary.columns());
        return graph.finish(graph.builder().gemm(z, synthesis, null, true), null, metadata);
    }

    private Value free(RecoveryGraph graph, Matrix a, double step) {
        NetworkBuilder builder = graph.builder();
        int p = a.columns();
        Matrix zero = Matrix.zero(p, a.rows());
        Value encoder = graph.trainable("E", zero.plus(step, a.transposed()).toFloats(), p, a.rows());
        Matrix gram = a.transposed().times(a);
        Value recurrence = graph.trainable("S", Matrix.zero(p, p).plusDiagonal(1).plus(-step, gram).toFloats(), p, p);
        Value encoded = builder.gemm(graph.y(), encoder, null, true);
        Value z = encoded;
        for (int at = 1; at <= iterations; at++) {
            Value argument = at == 1 ? encoded : builder.add(encoded, builder.gemm(z, recurrence, null, true));
            Value theta = graph.filled("theta" + at, threshold, p);
            z = builder.sub(above(builder, argument, theta), above(builder, builder.neg(argument), theta));
        }
        return z;
    }

    private Value coupled(RecoveryGraph graph, Matrix a, double step) {
        NetworkBuilder builder = graph.builder();
        int p = a.columns();
        Value analysis = builder.constant("A", a.toFloats(), a.rows(), p);
        float[] start = Matrix.zero(p, a.rows()).plus(step, a.transposed()).toFloats();
        Value z = null;
        for (int at = 1; at <= iterations; at++) {
            Value v = graph.trainable("V" + at, start.clone(), p, a.rows());
            Value residual = z == null ? graph.y() : builder.sub(graph.y(), builder.gemm(z, analysis, null, true));
            Value moved = builder.gemm(residual, v, null, true);
            Value argument = z == null ? moved : builder.add(z, moved);
            z = firm(graph, argument, at, p);
        }
        return z;
    }

    /** Slope τ / (τ − θ) from θ on, and 1 from τ on, to both sides. */
    private Value firm(RecoveryGraph graph, Value argument, int at, int p) {
        NetworkBuilder builder = graph.builder();
        Value theta = graph.filled("theta" + at, threshold, p);
        Value tau = graph.filled("tau" + at, SELECTED * threshold, p);
        float[] slopes = new float[p];
        Arrays.fill(slopes, (float) (SELECTED / (SELECTED - 1)));
        Value slope = graph.trainable("slope" + at, slopes, p);
        Value opposite = builder.neg(argument);
        Value shrunk = builder.sub(above(builder, argument, theta), above(builder, opposite, theta));
        Value beyond = builder.sub(above(builder, argument, tau), above(builder, opposite, tau));
        return builder.sub(builder.mul(slope, shrunk), builder.mul(builder.sub(slope, one(builder, at)), beyond));
    }

    private static Value one(NetworkBuilder builder, int at) {
        return builder.constant("one" + at, new float[] {1}, 1);
    }

    private static Value above(NetworkBuilder builder, Value z, Value threshold) {
        return builder.relu(builder.sub(z, threshold));
    }

    /** The greatest eigenvalue of AᵀA, by the power method from a vector of ones. */
    private static double squaredNorm(Matrix a) {
        Matrix v = Matrix.zero(a.columns(), 1);
        Arrays.fill(v.values(), 1);
        Matrix transposed = a.transposed();
        double norm = 0;
        for (int at = 0; at < POWER_ITERATIONS; at++) {
            Matrix next = transposed.times(a.times(v));
            norm = Math.sqrt(Arrays.stream(next.values()).map(value -> value * value).sum());
            v = Matrix.zero(a.columns(), 1).plus(1 / norm, next);
        }
        return norm;
    }
}
