package org.reluctor.learn.convex;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.algebra.Products;
import org.reluctor.learn.algebra.Samples;

class GatedTrainerTest {
    private static final double GAP = 1e-5;

    @TempDir
    private Path folder;

    private static GatedOptions options(GroupNorm norm, int gates, int pathSteps, int rounds) {
        return new GatedOptions(norm, PatternSampling.gaussian(gates, 17), 0.1, pathSteps, rounds, 3,
                SolverOptions.toGap(GAP, 20_000));
    }

    private static GatedTrainer trainer(GatedOptions options) {
        return new GatedTrainer(Draws.HOST, options, ConvexProgress.SILENT);
    }

    @ParameterizedTest
    @EnumSource(GroupNorm.class)
    void train_roundsOfNewPatterns_lowerTheObjectiveEveryTime(GroupNorm norm) {
        Samples inputs = new Draws(41).biased(300, 5);
        Samples targets = new Draws(42).targets(inputs, 8, 3);
        GatedModel model = trainer(options(norm, 4, 1, 4)).train(inputs, targets);
        List<GroupLassoSolution> rounds = model.rounds();
        assertTrue(rounds.size() >= 4, rounds.size() + " rounds");
        for (int round = 1; round < rounds.size(); round++) {
            double before = rounds.get(round - 1).gap().primal();
            double after = rounds.get(round).gap().primal();
            assertTrue(after < before, round + ": " + before + " to " + after);
        }
        assertTrue(model.gap().relative() <= GAP);
    }

    @Test
    void train_inputsWhosePatternsAreEnumerated_reachTheOptimumOverAllOfThem() {
        Samples inputs = new Draws(43).biased(15, 3);
        Samples targets = new Draws(44).targets(inputs, 4, 2);
        GatedOptions options = new GatedOptions(GroupNorm.FROBENIUS, PatternSampling.gaussian(5, 1), 0.2, 1, 40, 10,
                SolverOptions.toGap(1e-6, 50_000));
        GatedModel model = trainer(options).train(inputs, targets);
        assertTrue(model.fullExact());
        assertTrue(model.full().relative() <= 1e-4, "gap over all patterns " + model.full().relative());
        ActivationPatterns all = Arrangement.of(inputs).patterns(inputs);
        assertTrue(model.program().patterns().count() < all.count(), "without having needed them all");
    }

    @Test
    void train_path_objectivesFallWithThePenaltyAndEndWhereADirectSolutionDoes() {
        Samples inputs = new Draws(45).biased(200, 4);
        Samples targets = new Draws(46).targets(inputs, 5, 2);
        List<GroupLassoSolution> path = trainer(options(GroupNorm.NUCLEAR, 8, 6, 0)).train(inputs, targets).path();
        assertEquals(6, path.size());
        for (int step = 1; step < path.size(); step++) {
            assertTrue(path.get(step).beta() < path.get(step - 1).beta());
            assertTrue(path.get(step).gap().primal() < path.get(step - 1).gap().primal());
        }
        GatedModel direct = trainer(options(GroupNorm.NUCLEAR, 8, 1, 0)).train(inputs, targets);
        assertEquals(1, direct.solution().gap().primal() / path.get(5).gap().primal(), 2 * GAP);
    }

    @Test
    void train_float32Products_areCertifiedInFloat64() {
        Products rough = new Products() {
            @Override
            public Samples times(Samples vectors, Matrix matrix) {
                return new Samples(matrix.columns(), rounded(Draws.HOST.times(vectors, matrix).values()));
            }

            @Override
            public Matrix gram(Samples left, Samples right) {
                return Matrix.of(left.width(), right.width(), rounded(Draws.HOST.gram(left, right).values()));
            }
        };
        Samples inputs = new Draws(47).biased(150, 4);
        Samples targets = new Draws(48).targets(inputs, 5, 2);
        GatedOptions strict = new GatedOptions(GroupNorm.FROBENIUS, PatternSampling.gaussian(8, 2), 0.05, 1, 0, 1,
                SolverOptions.toGap(1e-9, 5_000));
        StringBuilder stages = new StringBuilder();
        GatedModel model = new GatedTrainer(rough, strict, (stage, iteration, objective, gap) -> stages.append(stage))
                .train(inputs, targets);
        assertTrue(model.gap().relative() <= 1e-9, model.gap().toString());
        assertTrue(stages.toString().contains("polish in float64"));
    }

    private static double[] rounded(double[] values) {
        double[] rounded = new double[values.length];
        for (int at = 0; at < values.length; at++) {
            rounded[at] = (float) values[at];
        }
        return rounded;
    }

    @Test
    void resume_afterTooFewIterations_endsWhereAnUninterruptedRunDoes() {
        Samples inputs = new Draws(54).biased(200, 4);
        Samples targets = new Draws(55).targets(inputs, 5, 2);
        GatedOptions few = GatedOptions.of(GroupNorm.NUCLEAR, PatternSampling.gaussian(12, 17), 0.05,
                SolverOptions.toGap(GAP, 2));
        GatedModel interrupted = trainer(few).train(inputs, targets);
        assertTrue(interrupted.gap().relative() > GAP, interrupted.gap().toString());
        GatedOptions enough = GatedOptions.of(GroupNorm.NUCLEAR, PatternSampling.gaussian(12, 17), 0.05,
                SolverOptions.toGap(GAP, 20_000));
        GatedModel resumed = trainer(enough).resume(interrupted);
        assertTrue(resumed.gap().relative() <= GAP, resumed.gap().toString());
        double direct = trainer(enough).train(inputs, targets).gap().primal();
        assertEquals(1, resumed.gap().primal() / direct, GAP);
    }

    /** The process that was killed: stops the training out of its progress. */
    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @ParameterizedTest
    @ValueSource(strings = {"penalty 0.4642", "penalty 0.1000", "round 1", "round 2"})
    void resumingFrom_killedWithinAProgram_givesTheBitsOfAnUninterruptedRun(String killedIn) {
        Samples inputs = new Draws(41).biased(300, 5);
        Samples targets = new Draws(42).targets(inputs, 8, 3);
        GatedOptions options = options(GroupNorm.NUCLEAR, 4, 3, 2);
        GatedModel whole = trainer(options).train(inputs, targets);
        Path file = folder.resolve("checkpoint");
        assertThrows(Killed.class, () -> new GatedTrainer(Draws.HOST, options, (stage, iteration, objective, gap) -> {
            if (stage.startsWith(killedIn)) {
                throw new Killed();
            }
        }).resumingFrom(file).train(inputs, targets));
        List<String> stages = new ArrayList<>();
        GatedModel resumed = new GatedTrainer(Draws.HOST, options, (stage, iteration, objective, gap) ->
                stages.add(stage)).resumingFrom(file).train(inputs, targets);
        assertTrue(stages.get(0).startsWith(killedIn), stages.get(0));
        assertArrayEquals(whole.solution().weights().values(), resumed.solution().weights().values());
        assertArrayEquals(whole.network().gates().values(), resumed.network().gates().values());
        assertEquals(whole.gap(), resumed.gap());
    }

    @Test
    void prune_weakPatterns_leavesTheStrongOnesSolvedAnew() {
        Samples inputs = new Draws(49).biased(200, 4);
        Samples targets = new Draws(50).targets(inputs, 5, 2);
        GatedTrainer trainer = trainer(GatedOptions.of(GroupNorm.FROBENIUS, PatternSampling.gaussian(20, 17), 0.005,
                SolverOptions.toGap(GAP, 20_000)));
        GatedModel model = trainer.train(inputs, targets);
        assertTrue(model.network().gates().columns() > 3, model.network().gates().columns() + " gates");
        GatedModel pruned = trainer.prune(model, 0.5);
        assertTrue(pruned.program().patterns().count() < model.network().gates().columns());
        assertTrue(pruned.gap().relative() <= GAP);
        assertTrue(pruned.gap().primal() > model.gap().primal(), "fewer patterns cannot be better");
        assertThrows(IllegalArgumentException.class, () -> trainer.prune(model, 1.5));
    }

    @Test
    void train_sameSeed_givesTheSameBits() {
        Samples inputs = new Draws(51).biased(100, 4);
        Samples targets = new Draws(52).targets(inputs, 5, 2);
        GatedModel one = trainer(options(GroupNorm.FROBENIUS, 6, 2, 2)).train(inputs, targets);
        GatedModel other = trainer(options(GroupNorm.FROBENIUS, 6, 2, 2)).train(inputs, targets);
        assertArrayEquals(one.solution().weights().values(), other.solution().weights().values());
    }

    @Test
    void train_targetsOfZero_areRefused() {
        Samples inputs = new Draws(53).biased(20, 3);
        GatedTrainer trainer = trainer(options(GroupNorm.FROBENIUS, 6, 1, 0));
        assertThrows(IllegalArgumentException.class, () -> trainer.train(inputs, Samples.zero(20, 2)));
    }
}
