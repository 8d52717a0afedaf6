package org.reluctor.learn.unrectified;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reluctor.learn.algebra.HostProducts;
import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.algebra.Samples;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.NetworkMetadata;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.network.ReferenceExecutor;

class ResidualProblemTest {
    private static final int N = 16;
    private static final int M = 6;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void assemble_trainedNetwork_recoversFromPlainMeasurementsWhatTheTrainerSaw(boolean unrolled) {
        HostProducts products = new HostProducts();
        Samples signals = SmallProblems.gaussian(50, N, 1);
        for (int at = 0; at < signals.values().length; at++) {
            signals.values()[at] = 3 + signals.values()[at] * (1 + at % N);
        }
        MeasurementMatrix phi = MeasurementMatrix.sparseBinary(M, N, 2, 1);
        ResidualProblem problem = new ResidualProblem(products, signals, phi);
        double squares = Arrays.stream(problem.targets(signals).values()).map(value -> value * value).average()
                .orElseThrow();
        assertEquals(1, squares, 1e-9);
        DenseNetwork network = SmallProblems.network(unrolled, 2, M, 7, 5, N);
        Samples expected = problem.recovered(signals, network.apply(products, problem.measurements(signals)));
        RecoveryNetwork graph = problem.assemble("dense", network, NetworkMetadata.of(N, M, 1));
        Samples y = signals.times(Matrix.of(phi).transposed());
        double[] found = new ReferenceExecutor(graph).run(y.values(), y.count()).get(0);
        assertArrayEquals(expected.values(), found, 1e-3);
        assertEquals(phi.id(), graph.metadata().matrixId());
    }
}
