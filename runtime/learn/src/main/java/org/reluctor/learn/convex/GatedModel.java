package org.reluctor.learn.convex;

import java.util.List;
import java.util.Locale;
import org.reluctor.learn.algebra.Matrix;
import org.reluctor.network.NetworkMetadata;
import org.reluctor.network.Provenance;

/**
 * A gated layer as convex training leaves it.
 *
 * @param program  solved last, with all patterns
 * @param solution of it
 * @param gap      of the solution, in float64 from the samples themselves, whatever the solver's products were: it is
 *                     this one that certifies. It speaks about the program over these patterns
 * @param full     the gap for the program over all patterns
 * @param fullExact whether that is exact, because the patterns could be enumerated; else it is an upper bound on it,
 *                     mostly a loose one
 * @param path     one solution for each penalty, β_max downwards, the first patterns
 * @param rounds   the solution after each round of new patterns, the first one before any
 */
public record GatedModel(GatedProgram program, GroupLassoSolution solution, DualityGap gap, DualityGap full,
        boolean fullExact, List<GroupLassoSolution> path, List<GroupLassoSolution> rounds) {
    public GatedModel {
        path = List.copyOf(path);
        rounds = List.copyOf(rounds);
    }

    /** The network of the same predictions and objective. */
    public GatedNetwork network() {
        return NeuronRecovery.gated(program, solution.weights());
    }

    /** The groups' norms, one for each pattern. */
    public double[] norms() {
        double[] norms = new double[program.patterns().count()];
        for (int pattern = 0; pattern < norms.length; pattern++) {
            norms[pattern] = program.norm().of(group(pattern));
        }
        return norms;
    }

    private Matrix group(int pattern) {
        return solution.weights().rowRange(pattern * program.width(), program.width());
    }

    /** What a network file is to say: the gap as its property, and in words what the gap is about. */
    public NetworkMetadata describe(NetworkMetadata metadata) {
        String figures = String.format(Locale.ROOT, "relative duality gap %.2e of the program over %d sampled patterns;"
                + " over all patterns %s %.2e", gap.relative(), program.patterns().count(),
                fullExact ? "exactly" : "at most", full.relative());
        Provenance origin = metadata.provenance();
        String joined = origin.figures().isEmpty() ? figures : origin.figures() + "; " + figures;
        return metadata.withProvenance(origin.withFigures(joined).withGap(gap.relative()));
    }
}
