package org.reluctor.learn.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.reluctor.learn.convex.GatedOptions;
import org.reluctor.learn.convex.GroupNorm;
import org.reluctor.learn.convex.PatternSampling;
import org.reluctor.learn.convex.SolverOptions;
import picocli.CommandLine.Option;

/** The options of training as a convex program. */
final class ConvexSettings {
    private static final int USUAL_ITERATIONS = 20_000;

    /** What switches units on. */
    enum Layer {
        /** Fixed gates. */
        GATED,
        /** The units themselves, within cones. */
        RELU
    }

    @Option(names = "--layer", paramLabel = "KIND",
            description = "gated (units behind fixed gates, in the file as Relu(Sign(.))) or relu (units within their"
                    + " cones; for thousands of samples and a few outputs). Default: gated")
    private Layer layer = Layer.GATED;

    @Option(names = "--norm", paramLabel = "NORM",
            description = "Of the weights behind a gate: nuclear (few units) or frobenius. Default: nuclear")
    private GroupNorm norm = GroupNorm.NUCLEAR;

    @Option(names = "--gates", paramLabel = "COUNT", description = "Gates that are drawn (default 24; relu 8).")
    private Integer gates;

    @Option(names = "--active", paramLabel = "SHARE", split = ",",
            description = "Shares of the samples for which gates open, in turns (default: as they are drawn).")
    private List<Double> active = List.of();

    @Option(names = "--outputs", paramLabel = "C",
            description = "Principal directions of what the linear recovery misses, that are learned (default 64; relu"
                    + " 4).")
    private Integer outputs;

    @Option(names = "--beta", paramLabel = "SHARE",
            description = "Penalty over the least that makes all weights zero (default 0.05).")
    private double beta = 0.05;

    @Option(names = "--path", paramLabel = "COUNT",
            description = "Penalties solved on the way down, each from the one before; a checkpoint is written after"
                    + " each (default 4).")
    private int path = 4;

    @Option(names = "--rounds", paramLabel = "COUNT",
            description = "Times that gates which the dual asks for are added (default 0).")
    private int rounds;

    @Option(names = "--gates-a-round", paramLabel = "COUNT", description = "Of them, at most (default 8).")
    private int gatesARound = 8;

    @Option(names = "--gap", paramLabel = "GAP",
            description = "Relative duality gap at which a program is solved (default 1e-4).")
    private double gap = 1e-4;

    @Option(names = "--prune", paramLabel = "SHARE",
            description = "Then drop gates whose weights are below this share of the largest, and solve again (default"
                    + " 0: none).")
    private double prune;

    Layer layer() {
        return layer;
    }

    /** Of n at most. */
    int outputs(int n) {
        int wanted = outputs == null ? layer == Layer.GATED ? 64 : 4 : outputs;
        if (wanted < 1) {
            throw new IllegalArgumentException("--outputs: " + wanted + " is out of range; must be 1 or more");
        }
        return Math.min(n, wanted);
    }

    int samples() {
        return layer == Layer.GATED ? 10_000 : 1_000;
    }

    double beta() {
        return beta;
    }

    double prune() {
        return prune;
    }

    PatternSampling sampling(long seed) {
        return new PatternSampling(gates == null ? layer == Layer.GATED ? 24 : 8 : gates, seed, active);
    }

    SolverOptions solver(BudgetOptions budget) {
        int iterations = budget.steps(USUAL_ITERATIONS);
        return new SolverOptions(gap, iterations, budget.isBySteps() ? Double.POSITIVE_INFINITY
                : 60 * budget.minutes());
    }

    /** All that the trainer of gated layers is told. */
    GatedOptions options(BudgetOptions budget, long seed) {
        if (!(prune >= 0 && prune < 1)) {
            throw new IllegalArgumentException("--prune: " + prune + " is out of range; must be 0 or more and below 1");
        }
        if (layer == Layer.RELU && (rounds > 0 || prune > 0)) {
            throw new IllegalArgumentException("--rounds and --prune go with --layer gated");
        }
        return new GatedOptions(norm, sampling(seed), beta, path, rounds, gatesARound, solver(budget));
    }

    /** The same as words of the command line. */
    Map<String, String> words(BudgetOptions budget, int n) {
        boolean gated = layer == Layer.GATED;
        Map<String, String> words = new LinkedHashMap<>();
        words.put("--layer", layer.name().toLowerCase(Locale.ROOT));
        words.put("--norm", gated ? norm.name().toLowerCase(Locale.ROOT) : "");
        words.put("--gates", String.valueOf(sampling(1).gates()));
        words.put("--active", String.join(",", active.stream().map(String::valueOf).toList()));
        words.put("--outputs", String.valueOf(outputs(n)));
        words.put("--beta", String.valueOf(beta));
        words.put("--path", gated ? String.valueOf(path) : "");
        words.put("--rounds", rounds > 0 ? String.valueOf(rounds) : "");
        words.put("--gates-a-round", rounds > 0 ? String.valueOf(gatesARound) : "");
        words.put("--gap", String.valueOf(gap));
        words.put("--prune", prune > 0 ? String.valueOf(prune) : "");
        words.putAll(budget.words(USUAL_ITERATIONS));
        return words;
    }
}
