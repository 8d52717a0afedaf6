package org.reluctor.learn.convex;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.reluctor.learn.algebra.HostProducts;
import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.algebra.Products;
import org.reluctor.learn.algebra.Samples;

/**
 * Trains a gated ReLU layer as a convex program: a path of penalties from β_max down, then rounds of new patterns, then
 * a certificate in float64. Products may be float32: where their precision keeps the certified gap above the one that
 * was asked for, the last program is polished in float64. The same data, options and products give the same weights,
 * unless the budget of seconds ends the work. Not safe between threads.
 */
public final class GatedTrainer {
    /** Products that a solution takes, about; what the choice of the quadratic's form goes by. */
    private static final int USUAL_ITERATIONS = 40;
    private static final int STARTS_A_GATE = 2;

    private final Products products;
    private final GatedOptions options;
    private final ConvexProgress progress;
    private final long startNs = System.nanoTime();
    private GatedQuadratic smooth;
    private Path file;
    private ConvexCheckpoint checkpoint = ConvexCheckpoint.NONE;

    /**
     * @param products of the heavy sums
     * @param options  sizes, penalty, gap, budget
     * @param progress hears every evaluation of the gap
     */
    public GatedTrainer(Products products, GatedOptions options, ConvexProgress progress) {
        this.products = products;
        this.options = options;
        this.progress = progress;
    }

    /** Goes on from the programs that are solved in that file, if it is there, and adds those that follow. */
    public GatedTrainer resumingFrom(Path kept) {
        file = kept;
        return this;
    }

    /**
     * Trains on all samples at once.
     *
     * @param inputs  X, [N, d], its last element 1 where the layer is to have biases
     * @param targets Y, [N, c]
     * @throws IllegalArgumentException if they are not equally many, or no gate opens
     */
    public GatedModel train(Samples inputs, Samples targets) {
        GatedProgram program = new GatedProgram(inputs, targets, options.sampling().draw(inputs), options.norm());
        if (file != null) {
            checkpoint = ConvexCheckpoint.at(file, options.withoutLimits().toString(), inputs, targets);
        }
        smooth = quadratic(program, products, null);
        double betaMax = DualityGap.largest(smooth, options.norm(), smooth.target());
        if (betaMax == 0) {
            throw new IllegalArgumentException("the targets have nothing to do with the inputs behind any of "
                    + program.patterns().count() + " gates; nothing can be learned");
        }
        List<GroupLassoSolution> path = path(program, betaMax);
        List<GroupLassoSolution> rounds = new ArrayList<>(path.subList(path.size() - 1, path.size()));
        for (int round = 1; round <= options.rounds() && secondsLeft() > 0; round++) {
            GatedProgram larger = round(program, betaMax, round, rounds);
            if (larger == program) {
                break;
            }
            program = larger;
        }
        return certified(program, rounds.get(rounds.size() - 1), path, rounds);
    }

    /** The program with the gates of a round, whose solution is added; the same program where there are none. */
    private GatedProgram round(GatedProgram program, double betaMax, int round, List<GroupLassoSolution> solutions) {
        GroupLassoSolution before = solutions.get(solutions.size() - 1);
        int place = options.pathSteps() + round - 1;
        boolean known = place < checkpoint.stages().size();
        List<double[]> gates = known ? checkpoint.stages().get(place).added() : violated(program, before, round);
        GatedProgram larger = program.withPatterns(program.patterns().with(program.inputs(), gates));
        if (larger.patterns().count() == program.patterns().count()) {
            return program;
        }
        if (known) {
            smooth = null;
            solutions.add(checkpoint.stages().get(place).solution());
            return larger;
        }
        smooth = quadratic(larger, products, smooth);
        solutions.add(solver(larger, smooth, products, "round " + round).solve(betaMax * options.betaShare(),
                extended(before.weights(), larger)));
        checkpoint.keep(gates, solutions.get(solutions.size() - 1));
        return larger;
    }

    /**
     * Goes on with a model whose gap a budget kept from falling: the same program, from its weights. Being convex it
     * ends at the same objective as an uninterrupted run, within the gap.
     */
    public GatedModel resume(GatedModel model) {
        smooth = quadratic(model.program(), products, null);
        GroupLassoSolution solution = solver(model.program(), smooth, products, "resumed")
                .solve(model.solution().beta(), model.solution().weights());
        List<GroupLassoSolution> rounds = new ArrayList<>(model.rounds());
        rounds.add(solution);
        return certified(model.program(), solution, model.path(), rounds);
    }

    /**
     * Keeps the strongest patterns of a model and solves again: fewer gates for a larger objective.
     *
     * @param share of the largest group norm; groups below it go
     */
    public GatedModel prune(GatedModel model, double share) {
        double[] norms = model.norms();
        double largest = IntStream.range(0, norms.length).mapToDouble(at -> norms[at]).max().orElseThrow();
        int[] kept = IntStream.range(0, norms.length)
                .filter(at -> norms[at] > 0 && norms[at] >= share * largest).toArray();
        if (kept.length == 0) {
            throw new IllegalArgumentException("no group of weights is as large as " + share
                    + " of the largest; right is at most 1, and weights that are not all zero");
        }
        GatedProgram program = model.program().withPatterns(model.program().patterns().select(kept));
        smooth = quadratic(program, products, null);
        Matrix start = program.zero();
        int size = program.width() * program.outputs();
        for (int at = 0; at < kept.length; at++) {
            System.arraycopy(model.solution().weights().values(), kept[at] * size, start.values(), at * size, size);
        }
        GroupLassoSolution solution = solver(program, smooth, products, "pruned").solve(model.solution().beta(), start);
        return certified(program, solution, model.path(), List.of(solution));
    }

    private List<GroupLassoSolution> path(GatedProgram program, double betaMax) {
        List<GroupLassoSolution> path = new ArrayList<>();
        Matrix start = program.zero();
        for (ConvexCheckpoint.Stage stage : checkpoint.stages()) {
            if (path.size() < options.pathSteps()) {
                path.add(stage.solution());
                start = stage.solution().weights();
            }
        }
        for (int step = path.size() + 1; step <= options.pathSteps(); step++) {
            double share = Math.pow(options.betaShare(), (double) step / options.pathSteps());
            String stage = String.format(Locale.ROOT, "penalty %.4f of the largest", share);
            path.add(solver(program, smooth, products, stage).solve(share * betaMax, start));
            start = path.get(path.size() - 1).weights();
            checkpoint.keep(List.of(), path.get(path.size() - 1));
        }
        return path;
    }

    private List<double[]> violated(GatedProgram program, GroupLassoSolution solution, int round) {
        Samples residual = residual(program, solution.weights(), products);
        List<PatternSearch.Found> found = new PatternSearch(program, residual, products).violated(solution.beta(),
                STARTS_A_GATE * options.gatesARound(), options.sampling().seed() + round, options.gatesARound());
        return found.stream().map(PatternSearch.Found::gate).toList();
    }

    private static Matrix extended(Matrix weights, GatedProgram larger) {
        Matrix start = larger.zero();
        System.arraycopy(weights.values(), 0, start.values(), 0, weights.values().length);
        return start;
    }

    private GatedModel certified(GatedProgram program, GroupLassoSolution found, List<GroupLassoSolution> path,
            List<GroupLassoSolution> rounds) {
        Products exact = new HostProducts();
        GroupLassoSolution solution = found;
        DualityGap gap = gap(program, solution, exact);
        boolean budgetLeft = found.iterations() < options.solver().iterations() && secondsLeft() > 0;
        if (gap.relative() > options.solver().gap() && budgetLeft) {
            solution = solver(program, quadratic(program, exact, null), exact, "polish in float64")
                    .solve(found.beta(), found.weights());
            gap = gap(program, solution, exact);
        }
        Samples residual = residual(program, solution.dual(), exact);
        FullProgramBound bound = FullProgramBound.gated(program.inputs(), residual, program.norm(), exact);
        DualityGap full = bound.gap(gap.primal(), residual, program.targets(), solution.beta());
        return new GatedModel(program, solution, gap, full, bound.exact(), path, rounds);
    }

    /** The gap from the residuals themselves rather than from sums of squares. */
    static DualityGap gap(GatedProgram program, GroupLassoSolution solution, Products products) {
        StreamedQuadratic streamed = new StreamedQuadratic(program, products);
        Samples left = program.targets().plus(-1, streamed.predict(solution.weights()));
        double primal = left.energy() / 2
                + solution.beta() * GroupProximal.normSum(streamed, program.norm(), solution.weights());
        Samples residual = program.targets().plus(-1, streamed.predict(solution.dual()));
        double largest = DualityGap.largest(streamed, program.norm(), streamed.correlate(residual));
        return new FullProgramBound(largest, false).gap(primal, residual, program.targets(), solution.beta());
    }

    private static Samples residual(GatedProgram program, Matrix weights, Products products) {
        return program.targets().plus(-1, new StreamedQuadratic(program, products).predict(weights));
    }

    private static GatedQuadratic quadratic(GatedProgram program, Products products, GatedQuadratic fewer) {
        if (!GramQuadratic.pays(program, USUAL_ITERATIONS)) {
            return new StreamedQuadratic(program, products);
        }
        return new GramQuadratic(program, products, fewer instanceof GramQuadratic gram ? gram : null);
    }

    private GroupLassoSolver solver(GatedProgram program, GatedQuadratic quadratic, Products with, String stage) {
        SolverOptions left = new SolverOptions(options.solver().gap(), options.solver().iterations(),
                Math.max(Double.MIN_NORMAL, secondsLeft()));
        GapWatch.Listener listener = (iteration, gap) ->
                progress.advanced(stage, iteration, gap.primal(), gap.relative());
        // Measured on MNIST and ECG: a third to a sixth of the accelerated gradient's iterations to the same gap.
        if (quadratic instanceof GramQuadratic gram) {
            return new BlockDescent(gram, program.norm(), with, left, listener);
        }
        return new AcceleratedGroupLasso(quadratic, program.norm(), left, listener);
    }

    private double secondsLeft() {
        return options.solver().seconds() - (System.nanoTime() - startNs) / 1e9;
    }
}
