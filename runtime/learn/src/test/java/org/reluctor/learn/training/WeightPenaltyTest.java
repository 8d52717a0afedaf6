package org.reluctor.learn.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.algebra.NormalDraws;
import org.reluctor.learn.algebra.Samples;
import org.reluctor.learn.architecture.TrainableNetwork;
import org.reluctor.learn.architecture.UnrolledDense;
import org.reluctor.learn.data.SampleBatches;
import org.reluctor.learn.gradient.HostArithmetic;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.NetworkMetadata;

class WeightPenaltyTest {
    private static final int N = 12;
    private static final int M = 5;
    private static final int BATCH = 4;
    private static final double FACTOR = 0.03;

    private final SampleBatches batches = new SampleBatches(gaussian(6, N), BATCH, 1);
    private final TrainableNetwork start = new UnrolledDense(7, 2, 3).assemble("dense",
            MeasurementMatrix.sparseBinary(M, N, 2, 1), Matrix.of(N, M, gaussian(N, M).values()),
            NetworkMetadata.of(N, M, 1));
    private final Map<String, float[]> constants = TrainedConstants.of(start.network());

    private static Samples gaussian(int count, int width) {
        NormalDraws draws = new NormalDraws(9);
        Samples samples = Samples.zero(count, width);
        for (int at = 0; at < samples.values().length; at++) {
            samples.values()[at] = draws.next();
        }
        return samples;
    }

    private TrainingGraph graph(double penalty) {
        return new TrainingGraph(start.network(), start.trainable(), batches,
                GradientOptions.of(1).withLoss(GradientOptions.LossKind.MEAN_SQUARE, 0).withPenalty(penalty));
    }

    private HostArithmetic computed(TrainingGraph graph) {
        float[] signals = new float[BATCH * N];
        float[] weights = new float[BATCH];
        batches.fill(0, signals, weights);
        HostArithmetic host = new HostArithmetic(graph.tape());
        graph.variables().forEach((name, variable) -> host.write(variable, constants.get(name)));
        host.write(graph.signals(), signals);
        host.write(graph.weights(), weights);
        host.run();
        return host;
    }

    @Test
    void loss_withAPenalty_hasItsSquaresAndTheirGradient() {
        TrainingGraph plain = graph(0);
        TrainingGraph penalised = graph(FACTOR);
        HostArithmetic without = computed(plain);
        HostArithmetic with = computed(penalised);
        double squares = 0;
        for (String name : penalised.variables().keySet()) {
            double[] before = without.read(plain.gradient(name));
            double[] after = with.read(penalised.gradient(name));
            for (int at = 0; at < after.length; at++) {
                double value = constants.get(name)[at];
                squares += value * value;
                assertEquals(before[at] + 2 * FACTOR * value, after[at], 1e-12, name);
            }
        }
        assertEquals(without.read(plain.loss())[0] + FACTOR * squares, with.read(penalised.loss())[0], 1e-12);
    }
}
