package org.reluctor.learn.architecture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.algebra.Samples;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.NetworkMetadata;
import org.reluctor.network.OnnxReader;
import org.reluctor.network.OnnxWriter;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.network.ReferenceExecutor;

class UnrolledShrinkageTest {
    private static final int N = 8;
    private static final int M = 4;
    private final Random random = new Random(11);
    private final MeasurementMatrix phi = MeasurementMatrix.sparseBinary(M, N, 2, 9);
    private final DaubechiesBasis basis = new DaubechiesBasis(N, 2);

    @Test
    void shrink_values_equalsTheScalarFormula() {
        double[] z = {-3, -1, -0.5, 0, 0.5, 1, 3, 0.999};
        double[] thresholds = {1, 1, 1, 1, 0, 1, 0.5, 1};
        assertArrayEquals(new double[] {-2, 0, 0, 0, 0.5, 0, 2.5, 0},
                ShrinkagePhase.shrink(new Samples(N, z), thresholds).values(), 1e-15);
    }

    @Test
    void assemble_twoPhases_equalsTheFormulaSampleBySample() {
        UnrolledShrinkage parts = parts(2);
        RecoveryNetwork network = parts.assemble("test", NetworkMetadata.of(N, M, 1).withScales(4, 4, 0));
        double[] y = random.doubles(3 * M, -8, 8).toArray();
        double[] scaled = new double[y.length];
        for (int at = 0; at < y.length; at++) {
            scaled[at] = y[at] / 4;
        }
        List<double[]> outputs = new ReferenceExecutor(network).run(scaled, 3);
        assertEquals("estimate", network.outputs().get(1).name());
        for (int frame = 0; frame < 3; frame++) {
            double[][] expected = byHand(parts, Arrays.copyOfRange(y, frame * M, (frame + 1) * M));
            for (int at = 0; at < N; at++) {
                assertEquals(expected[0][at], 4 * outputs.get(0)[frame * N + at], 1e-4);
                assertEquals(expected[1][at], 4 * outputs.get(1)[frame * N + at], 1e-4);
            }
        }
    }

    @Test
    void apply_phaseAfterPhase_equalsTheGraph() {
        UnrolledShrinkage parts = parts(2);
        RecoveryNetwork network = parts.assemble("test", NetworkMetadata.of(N, M, 1));
        Samples y = new Samples(M, random.doubles(5 * M, -8, 8).toArray());
        Samples x = y.times(parts.start().transposed());
        for (ShrinkagePhase phase : parts.phases()) {
            x = phase.apply(x, y, basis, phi);
        }
        assertArrayEquals(x.values(), new ReferenceExecutor(network).run(y.values(), 5).get(0), 1e-4);
    }

    @Test
    void linearStart_frames_isTheFirstMatrixAlone() {
        UnrolledShrinkage parts = parts(1);
        RecoveryNetwork linear = parts.linearStart().assemble("linear", NetworkMetadata.of(N, M, 1));
        double[] y = random.doubles(M, -8, 8).toArray();
        assertArrayEquals(new Samples(M, y).times(parts.start().transposed()).values(),
                new ReferenceExecutor(linear).run(y, 1).get(0), 1e-5);
        assertEquals(1, linear.nodes().size());
        assertEquals(1, linear.outputs().size());
    }

    @Test
    void assemble_writtenAndRead_keepsMatrixAndFunction() {
        RecoveryNetwork network = parts(2).assemble("test", NetworkMetadata.of(N, M, 1));
        RecoveryNetwork read = OnnxReader.read(OnnxWriter.encode(network), "test");
        assertEquals(phi.id(), read.metadata().matrixId());
        assertEquals(phi.id(), read.matrix().orElseThrow().id());
        double[] y = random.doubles(M, -8, 8).toArray();
        assertArrayEquals(new ReferenceExecutor(network).run(y, 1).get(1),
                new ReferenceExecutor(read).run(y, 1).get(1));
    }

    @Test
    void assemble_unequalScales_isRefused() {
        NetworkMetadata unequal = NetworkMetadata.of(N, M, 1).withScales(2, 1, 0);
        assertThrows(IllegalArgumentException.class, () -> parts(1).assemble("test", unequal));
    }

    private UnrolledShrinkage parts(int phases) {
        return new UnrolledShrinkage(phi, random(N, M), basis, IntStream.range(0, phases)
                .mapToObj(phase -> new ShrinkagePhase(random.doubles(N, 0, 2).toArray(), random(N, N), random(N, M)))
                .toList());
    }

    private Matrix random(int rows, int columns) {
        return Matrix.of(rows, columns, random.doubles(rows * columns, -1, 1).toArray());
    }

    /** Signal and estimate of one frame, with loops and the textbook soft threshold. */
    private double[][] byHand(UnrolledShrinkage parts, double[] y) {
        double[] x = product(parts.start(), y);
        double[] estimate = x;
        for (ShrinkagePhase phase : parts.phases()) {
            double[] z = product(basis.matrix().transposed(), x);
            for (int at = 0; at < N; at++) {
                z[at] = Math.signum(z[at]) * Math.max(Math.abs(z[at]) - phase.thresholds()[at], 0);
            }
            estimate = product(phase.synthesis(), z);
            double[] measured = product(Matrix.of(phi), estimate);
            double[] residual = new double[M];
            for (int at = 0; at < M; at++) {
                residual[at] = y[at] - measured[at];
            }
            double[] step = product(phase.correction(), residual);
            x = new double[N];
            for (int at = 0; at < N; at++) {
                x[at] = estimate[at] + step[at];
            }
        }
        return new double[][] {x, estimate};
    }

    private static double[] product(Matrix matrix, double[] vector) {
        double[] result = new double[matrix.rows()];
        for (int at = 0; at < matrix.values().length; at++) {
            result[at / vector.length] += matrix.values()[at] * vector[at % vector.length];
        }
        return result;
    }
}
