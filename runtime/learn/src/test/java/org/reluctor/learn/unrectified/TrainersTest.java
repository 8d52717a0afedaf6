package org.reluctor.learn.unrectified;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reluctor.learn.algebra.HostProducts;
import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.algebra.Products;
import org.reluctor.learn.algebra.Samples;

class TrainersTest {
    private static final LagrangianOptions EXACT = new LagrangianOptions(1e-3, 1, 1e-6, 1e-6, 0.3, 200, true);

    /** Outer iterations go on as long as the budget lets them. */
    private static final LagrangianOptions NEVER_SOLVED = new LagrangianOptions(1e-4, 1000, 1e-3, 1e-12, 0.5, 1, true);

    private final Products products = new HostProducts();
    private final Shard all = SmallProblems.shard(240, 5, 8, 3);
    private final DenseNetwork start = DenseNetwork.random(false, 4, 5, 12, 10, 8);

    private Shards shards(int most) {
        int count = all.count();
        List<Shard> parts = new ArrayList<>();
        for (int first = 0; first < count; first += most) {
            parts.add(new Shard(rows(all.measurements(), first, most), rows(all.targets(), first, most)));
        }
        return Shards.of(parts);
    }

    private static Samples rows(Samples from, int first, int count) {
        double[] part = new double[count * from.width()];
        System.arraycopy(from.values(), first * from.width(), part, 0, part.length);
        return new Samples(from.width(), part);
    }

    private static double difference(DenseNetwork one, DenseNetwork other) {
        double difference = 0;
        double scale = 0;
        for (int layer = 0; layer <= one.hidden(); layer++) {
            Matrix gap = one.weights(layer).plus(-1, other.weights(layer));
            for (int at = 0; at < gap.values().length; at++) {
                difference = Math.max(difference, Math.abs(gap.values()[at]));
                scale = Math.max(scale, Math.abs(one.weights(layer).values()[at]));
            }
        }
        return difference / scale;
    }

    private LagrangianTrainer lagrangian(LagrangianOptions options) {
        return new LagrangianTrainer(products, options, UnrectifiedProgress.SILENT);
    }

    private RestartVariant restart(UnrectifiedProgress progress) {
        return new RestartVariant(products, RestartOptions.STANDARD, progress);
    }

    private DenseNetwork fitted(Shards shards) {
        return restart(UnrectifiedProgress.SILENT).refitted(start, shards);
    }

    @Test
    void lagrangian_inFourShards_isThatInOne() {
        LagrangianOptions options = LagrangianOptions.STANDARD;
        DenseNetwork begin = fitted(shards(240));
        LagrangianTrainer.Result one = lagrangian(options).train(begin, shards(240), Budget.ofSteps(5));
        LagrangianTrainer.Result four = lagrangian(options).train(begin, shards(60), Budget.ofSteps(5));
        assertEquals(0, difference(one.network(), four.network()), 1e-10);
        assertEquals(1, four.chosen().forwardObjective() / one.chosen().forwardObjective(), 1e-10);
        assertTrue(difference(begin, one.network()) > 1e-6, "the weights have moved");
    }

    @Test
    void lagrangian_activationsInFiles_givesTheSameBytesAndLeavesNoFile(@TempDir Path scratch) throws IOException {
        LagrangianOptions options = LagrangianOptions.STANDARD;
        DenseNetwork begin = fitted(shards(60));
        DenseNetwork kept = lagrangian(options).train(begin, shards(60), Budget.ofSteps(3)).network();
        DenseNetwork filed = lagrangian(options).train(begin, shards(60), scratch, Budget.ofSteps(3)).network();
        for (int layer = 0; layer <= kept.hidden(); layer++) {
            assertArrayEquals(kept.weights(layer).values(), filed.weights(layer).values());
        }
        try (Stream<Path> files = Files.list(scratch)) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void monotone_inFourShards_isThatInOne() {
        DenseNetwork one = restart(UnrectifiedProgress.SILENT).monotone(start, shards(240), Budget.ofSteps(4));
        DenseNetwork four = restart(UnrectifiedProgress.SILENT).monotone(start, shards(60), Budget.ofSteps(4));
        assertEquals(0, difference(one, four), 1e-10);
    }

    @Test
    void monotone_everyStep_lowersTheObjective() {
        List<Double> objectives = new ArrayList<>();
        RestartVariant variant = restart(new UnrectifiedProgress() {
            @Override
            public void stepped(long steps, double share, double objective) {
                objectives.add(objective);
            }
        });
        double first = variant.objective(fitted(shards(60)), shards(60));
        DenseNetwork network = variant.monotone(start, shards(60), Budget.ofSteps(20));
        double last = first;
        for (double objective : objectives) {
            assertTrue(objective < last, objective + " after " + last);
            last = objective;
        }
        assertEquals(20, objectives.size());
        assertEquals(last, variant.objective(network, shards(60)), 1e-12);
        assertTrue(last < 0.7 * first, last + " from " + first);
    }

    @Test
    void withMemory_sameSeed_givesTheSameBytesAndALowerObjective() {
        RestartVariant variant = restart(UnrectifiedProgress.SILENT);
        DenseNetwork once = variant.withMemory(start, shards(60), Budget.ofSteps(80));
        DenseNetwork twice = variant.withMemory(start, shards(60), Budget.ofSteps(80));
        for (int layer = 0; layer <= once.hidden(); layer++) {
            assertArrayEquals(once.weights(layer).values(), twice.weights(layer).values());
        }
        double first = variant.objective(fitted(shards(60)), shards(60));
        double last = variant.objective(once, shards(60));
        assertTrue(last < 0.7 * first, last + " from " + first);
    }

    @Test
    void lagrangian_smallProblem_meetsTheConstraintTolerance() {
        Shards few = shards(240);
        LagrangianTrainer.Result result = lagrangian(EXACT).train(fitted(few), few, Budget.ofSteps(60));
        OuterReport last = result.reports().get(result.reports().size() - 1);
        assertTrue(last.constraint() <= 1e-6, "constraints " + last);
        assertTrue(last.kkt() <= 1e-5, "projected gradient " + last);
        assertTrue(last.forwardObjective() < result.reports().get(0).forwardObjective(), "objective " + last);
        assertEquals(last.relaxedObjective(), last.forwardObjective(), 1e-4 * last.forwardObjective());
    }

    @Test
    void lagrangian_budgetThatItsStartUsesUp_iteratesOnce() {
        long[] nanos = {0};
        Budget budget = new Budget(0, 1e-6, () -> nanos[0] += 1000);
        LagrangianTrainer.Result result = lagrangian(LagrangianOptions.NEAR).train(fitted(shards(60)), shards(60),
                budget);
        assertEquals(1, result.reports().size());
        assertTrue(result.reports().get(0).constraint() > 0, result.reports().toString());
    }

    @Test
    void lagrangian_withoutTheAdjoint_startsFromZeroMultipliers() {
        LagrangianOptions options = new LagrangianOptions(1e-3, 1, 1e-3, 1e-3, 0.5, 1, false);
        LagrangianTrainer.Result result = lagrangian(options).train(fitted(shards(60)), shards(60),
                Budget.ofSteps(3));
        assertEquals(3, result.reports().size());
        assertEquals(0, result.reports().get(0).largestMultiplier(), 0.0);
        assertTrue(result.chosen().constraint() <= 1e-3, "the start, at least, is on the constraints");
        assertTrue(result.chosen().premise().contains("LICQ"), result.chosen().premise());
    }

    @Test
    void twoSplitting_sweeps_neverGiveWorseThanTheBestSeen() {
        List<Double> objectives = new ArrayList<>();
        LagrangianOptions options = new LagrangianOptions(1e-4, 1, 1e-3, 1e-3, 0.5, 1, true);
        TwoSplitting fast = new TwoSplitting(products, options, new UnrectifiedProgress() {
            @Override
            public void stepped(long steps, double share, double objective) {
                objectives.add(objective);
            }
        });
        DenseNetwork network = fast.train(fitted(shards(60)), shards(60), Budget.ofSteps(10));
        Samples outputs = network.apply(products, all.measurements());
        double objective = ForwardPass.halfSquares(outputs, all.targets()) / outputs.values().length;
        double least = objectives.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
        assertEquals(least, objective, 1e-12);
        assertTrue(least < restart(UnrectifiedProgress.SILENT).objective(fitted(shards(60)), shards(60)),
                objectives.toString());
    }

    @Test
    void nearest_anyTargets_isTheBestOfAFineGrid() {
        double[] targets = SmallProblems.gaussian(100, 2, 9).values();
        for (int at = 0; at < targets.length; at += 2) {
            double q = targets[at];
            double a = targets[at + 1];
            double least = Double.POSITIVE_INFINITY;
            for (double v = -4; v <= 4; v += 1e-3) {
                least = Math.min(least, cost(v, q, a));
            }
            double found = cost(TwoSplitting.nearest(q, a), q, a);
            assertTrue(found <= least && found > least - 1e-5, "q " + q + ", a " + a);
        }
    }

    private static double cost(double v, double q, double a) {
        return (v - q) * (v - q) + (Math.max(0, v) - a) * (Math.max(0, v) - a);
    }

    @Test
    void ridgeSum_gramThatRoundingMadeIndefinite_isSolvedWithALargerRidge() {
        Products rounded = new Products() {
            @Override
            public Samples times(Samples vectors, Matrix matrix) {
                return products.times(vectors, matrix);
            }

            @Override
            public Matrix gram(Samples left, Samples right) {
                Matrix exact = products.gram(left, right);
                return left == right ? exact.plusDiagonal(-1e-6 * exact.trace() / exact.rows()) : exact;
            }
        };
        Samples inputs = SmallProblems.gaussian(4, 6, 2);
        Samples targets = SmallProblems.gaussian(4, 2, 3);
        RidgeSum sum = new RidgeSum();
        sum.add(rounded, inputs, targets);
        Samples found = products.times(inputs, sum.solve(1e-12));
        assertEquals(0, ForwardPass.halfSquares(found, targets), 1e-6);
    }

    @Test
    void train_al_endsOnTheConstraintsAndBetterThanItsStart() {
        UnrectifiedTrainer trainer = new UnrectifiedTrainer(products, UnrectifiedOptions.STANDARD,
                UnrectifiedProgress.SILENT);
        RestartVariant variant = restart(UnrectifiedProgress.SILENT);
        LagrangianTrainer.Result result = trainer.train(start, shards(60), Budget.ofSteps(100));
        assertTrue(result.chosen().constraint() <= 1e-3, result.chosen().toString());
        assertTrue(variant.objective(result.network(), shards(60)) < 0.7 * variant.objective(fitted(shards(60)),
                shards(60)));
    }

    @Test
    void train_alInFewDirections_keepsEveryOuterIterationOnTheConstraintsAndTellsOfAllOutputs() {
        RestartOptions few = new RestartOptions(1e-4, 1, 0.7, 0.8, 0.5, 1);
        UnrectifiedOptions options = new UnrectifiedOptions(few, NEVER_SOLVED, 0.95);
        // Of rank 40, so that 16 directions leave something out.
        Shard wide = SmallProblems.shard(480, 20, 40, 3);
        Shards shards = Shards.of(List.of(wide));
        LagrangianTrainer.Result result = new UnrectifiedTrainer(products, options, UnrectifiedProgress.SILENT)
                .train(DenseNetwork.random(false, 4, 20, 24, 20, 40), shards, Budget.ofSteps(100));
        assertEquals(5, result.reports().size());
        for (OuterReport report : result.reports()) {
            assertTrue(report.constraint() > 0 && report.constraint() <= 1e-3, report.toString());
        }
        assertTrue(result.chosen().iteration() > 0, result.chosen().toString());
        double rest = PrincipalOutputs.of(products, shards, 0.5).rest() / 40;
        double last = result.network().objective(products, shards);
        assertTrue(rest > 0.01 && result.chosen().forwardObjective() > rest, rest + ", " + result.chosen());
        assertTrue(last < 0.99 * result.chosen().forwardObjective(), "the last layer sees all outputs in the end: "
                + last + ", before " + result.chosen());
    }

    @Test
    void train_timeForOuterIterations_makesThemWithinTheBudget() {
        long[] nanos = {0};
        // A clock that goes on whenever it is looked at.
        Budget budget = new Budget(0, 2, () -> nanos[0] += 2_000_000L);
        UnrectifiedOptions options = new UnrectifiedOptions(RestartOptions.STANDARD, NEVER_SOLVED, 0.9);
        LagrangianTrainer.Result result = new UnrectifiedTrainer(products, options,
                UnrectifiedProgress.SILENT).train(start, shards(60), budget);
        assertTrue(result.reports().size() >= 2, result.reports().toString());
        assertTrue(nanos[0] <= 2.1e9, nanos[0] + " ns");
    }

    @Test
    void train_timeForNoOuterIteration_givesTheStepsOwnNetworkOnTheConstraints() {
        long[] nanos = {0};
        // A clock that goes on by a tenth of a second whenever it is looked at: the first fit takes a twentieth.
        Budget budget = new Budget(0, 2, () -> nanos[0] += 100_000_000L);
        LagrangianTrainer.Result result = new UnrectifiedTrainer(products, UnrectifiedOptions.STANDARD,
                UnrectifiedProgress.SILENT).train(start, shards(60), budget);
        assertEquals(List.of(), result.reports());
        assertEquals(0, result.chosen().constraint(), 0.0);
        assertEquals(result.network().objective(products, shards(60)), result.chosen().forwardObjective(), 0.0);
    }

    @Test
    void budgetAndOptions_outOfRange_areRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Budget(0, 0));
        assertThrows(IllegalArgumentException.class, () -> new RestartOptions(1e-4, 0, 1, 0.8, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new LagrangianOptions(1, 1, 1, 1, 1, 1, true));
        assertThrows(IllegalArgumentException.class, () -> new UnrectifiedOptions(RestartOptions.STANDARD,
                LagrangianOptions.STANDARD, 1));
        assertThrows(IllegalArgumentException.class, () -> new DenseNetwork(List.of(Matrix.zero(3, 4),
                Matrix.zero(4, 2)), false));
    }

    @TempDir
    private Path folder;

    /** The process that was killed: stops the training out of its progress. */
    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private UnrectifiedTrainer resumable(UnrectifiedProgress progress, Path file) {
        UnrectifiedOptions options = new UnrectifiedOptions(RestartOptions.STANDARD, LagrangianOptions.STANDARD, 0.8);
        return new UnrectifiedTrainer(products, options, progress).resumingFrom(file == null
                ? UnrectifiedCheckpoint.NONE
                : UnrectifiedCheckpoint.at(file, 3, options.toString(), start, shards(60)));
    }

    @Test
    void resume_killedLateInItsTime_staysWithinTheBudgetOfBothProcesses() {
        long[] nanos = {0};
        Budget budget = new Budget(0, 2, () -> nanos[0] += 2_000_000L);
        Path file = folder.resolve("checkpoint");
        assertThrows(Killed.class, () -> resumable(new UnrectifiedProgress() {
            @Override
            public void stepped(long steps, double share, double objective) {
                if (share > 0.9) {
                    throw new Killed();
                }
            }
        }, file).train(start, shards(60), budget));
        long first = nanos[0];
        assertTrue(first > 1.4e9, first + " ns of 1.6e9");
        LagrangianTrainer.Result result = resumable(UnrectifiedProgress.SILENT, file).train(start, shards(60), budget);
        assertTrue(result.reports().size() >= 1, result.reports().toString());
        assertTrue(nanos[0] <= 2.15e9, first + " and " + (nanos[0] - first) + " ns of 2e9 in all");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 17, 40, 41})
    void resume_killedAfterSoManyCalls_givesTheBitsOfAnUninterruptedRun(int calls) {
        Budget budget = Budget.ofSteps(50);
        DenseNetwork whole = resumable(UnrectifiedProgress.SILENT, null).train(start, shards(60), budget).network();
        Path file = folder.resolve("checkpoint");
        int[] heard = {0};
        assertThrows(Killed.class, () -> resumable(new UnrectifiedProgress() {
            @Override
            public void stepped(long steps, double share, double objective) {
                count();
            }

            @Override
            public void iterated(OuterReport report) {
                count();
            }

            private void count() {
                if (++heard[0] == calls) {
                    throw new Killed();
                }
            }
        }, file).train(start, shards(60), budget));
        int[] left = {0};
        DenseNetwork resumed = resumable(new UnrectifiedProgress() {
            @Override
            public void stepped(long steps, double share, double objective) {
                left[0]++;
            }
        }, file).train(start, shards(60), budget).network();
        assertEquals(calls > 40 ? 0 : 40 - (calls - 1) / 3 * 3, left[0], "steps that were left");
        for (int layer = 0; layer <= whole.hidden(); layer++) {
            assertArrayEquals(whole.weights(layer).values(), resumed.weights(layer).values());
        }
    }
}
