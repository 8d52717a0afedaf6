package org.reluctor.learn.convex;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.algebra.Samples;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.NetworkMetadata;
import org.reluctor.network.OnnxReader;
import org.reluctor.network.OnnxWriter;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.network.ReferenceExecutor;

class RecoveryResidualTest {
    private static final int N = 24;
    private static final int M = 10;
    private final Samples signals = new Draws(71).targets(new Draws(72).biased(400, 7), 12, N);
    private final MeasurementMatrix measurement = MeasurementMatrix.sparseBinary(M, N, 3, 5);
    private final RecoveryResidual task = RecoveryResidual.of(signals, measurement, 0.05, 6, Draws.HOST);
    private final Samples measured = task.measure(signals, Draws.HOST);
    private final Samples inputs = task.inputs(measured, Draws.HOST);
    private final Samples targets = task.targets(signals, measured, Draws.HOST);
    @TempDir
    Path folder;

    @Test
    void inputs_whitened_haveUnitCovariance() {
        Matrix gram = Matrix.zero(M + 1, M + 1).plus(1.0 / signals.count(), Draws.HOST.gram(inputs, inputs));
        for (int at = 0; at < gram.values().length; at++) {
            int row = at / (M + 1);
            assertEquals(row == at % (M + 1) ? 1 : 0, gram.values()[at], 0.02);
        }
    }

    @ParameterizedTest
    @EnumSource(GroupNorm.class)
    void assemble_gatedNetwork_predictsWhatTheConvexModelDoesAndSaysItsGap(GroupNorm norm) throws IOException {
        GatedOptions options = GatedOptions.of(norm, PatternSampling.gaussian(9, 6), 0.05,
                SolverOptions.toGap(1e-6, 20_000));
        GatedModel model = new GatedTrainer(Draws.HOST, options, ConvexProgress.SILENT).train(inputs, targets);
        RecoveryNetwork network = written(model.network(), model.describe(NetworkMetadata.of(N, M, 1)));
        assertEquals(model.gap().relative(), network.metadata().provenance().gap());
        String figures = network.metadata().provenance().figures();
        assertTrue(figures.contains("9 sampled patterns"), figures);
        Samples convex = new StreamedQuadratic(model.program(), Draws.HOST).predict(model.solution().weights());
        Samples expected = task.recover(measured, convex, Draws.HOST);
        Samples estimate = run(network);
        assertArrayEquals(expected.values(), estimate.values(), 1e-5);
        assertEquals(1, objective(estimate, model) / model.gap().primal(), 1e-6);
    }

    /** The objective of what the network file computes: its fit in the targets' units, the network's penalty. */
    private double objective(Samples estimate, GatedModel model) {
        Samples added = estimate.plus(-1, Draws.HOST.times(measured, task.linear().transposed()));
        Matrix back = Matrix.zero(N, 6).plus(1 / task.deviation(), task.directions());
        Samples residual = targets.plus(-1, Draws.HOST.times(added, back));
        return residual.energy() / 2 + model.solution().beta() * model.network().penalty();
    }

    @Test
    void assemble_reluNetwork_predictsTheSame() throws IOException {
        ConeProgram program = new ConeProgram(inputs, new Samples(6, targets.values()),
                PatternSampling.gaussian(3, 6).draw(inputs));
        Matrix weights = new Draws(73).matrix(M + 1, program.zero().columns());
        ReluNetwork layer = NeuronRecovery.relu(program, weights);
        Samples expected = task.recover(measured, layer.predict(inputs), Draws.HOST);
        assertArrayEquals(expected.values(), run(written(layer, NetworkMetadata.of(N, M, 1))).values(), 1e-4);
    }

    @Test
    void assemble_noNeurons_isTheLinearRecovery() throws IOException {
        GatedOptions options = GatedOptions.of(GroupNorm.NUCLEAR, PatternSampling.gaussian(9, 6), 1,
                SolverOptions.toGap(1e-6, 100));
        GatedModel model = new GatedTrainer(Draws.HOST, options, ConvexProgress.SILENT).train(inputs, targets);
        assertEquals(0, model.network().neurons());
        Samples expected = Draws.HOST.times(measured, task.linear().transposed());
        assertArrayEquals(expected.values(), run(written(model.network(), NetworkMetadata.of(N, M, 1))).values(), 1e-5);
    }

    private RecoveryNetwork written(TwoLayerNetwork layer, NetworkMetadata metadata) throws IOException {
        Path file = folder.resolve("layer.onnx");
        OnnxWriter.write(task.assemble("layer", layer, metadata), file);
        return OnnxReader.read(file);
    }

    private Samples run(RecoveryNetwork network) {
        List<double[]> outputs = new ReferenceExecutor(network).run(measured.values(), measured.count());
        return new Samples(N, outputs.get(1));
    }
}
