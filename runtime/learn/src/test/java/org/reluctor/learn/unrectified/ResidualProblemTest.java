package org.reluctor.learn.unrectified;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reluctor.learn.algebra.HostProducts;
import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.algebra.Samples;
import org.reluctor.learn.architecture.TrainableNetwork;
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
        TrainableNetwork assembled = problem.assemble("dense", network, NetworkMetadata.of(N, M, 1));
        RecoveryNetwork graph = assembled.network();
        Samples y = signals.times(Matrix.of(phi).transposed());
        List<double[]> found = new ReferenceExecutor(graph).run(y.values(), y.count());
        assertArrayEquals(expected.values(), found.get(1), 1e-3, "the estimate");
        Samples measuredAgain = new Samples(N, found.get(0)).times(Matrix.of(phi).transposed());
        assertArrayEquals(y.values(), measuredAgain.values(), 1e-3, "the signal agrees with the measurements");
        assertEquals(network.parameters(), assembled.trainable().stream()
                .mapToInt(name -> elements(graph, name)).sum());
        assertEquals(phi.id(), graph.metadata().matrixId());
    }

    private static int elements(RecoveryNetwork graph, String name) {
        return graph.nodes().stream().flatMap(node -> node.inputs().stream()).filter(input -> input.floats() != null
                && input.name().equals(name)).mapToInt(input -> input.floats().length).findFirst().orElseThrow();
    }
}
