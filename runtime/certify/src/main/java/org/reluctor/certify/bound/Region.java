package org.reluctor.certify.bound;

import java.util.ArrayList;
import java.util.List;
import org.reluctor.certify.graph.ActivationLayer;
import org.reluctor.certify.graph.LayerGraph;
import org.reluctor.certify.interval.Box;

/** A part of the input box, for some neurons on one side of a kink, with bounds of everything on it. */
final class Region {
    /** Below this part of a coordinate's magnitude a box is not split any more. */
    private static final double LEAST_WIDTH = 1e-12;
    /** Linear programs of more variables take longer than what they save. */
    private static final int MOST_VARIABLES = 600;

    private final LayerBounds bounds;
    private final int number;
    private final boolean sided;
    private final Deadline deadline;
    private final List<double[]> met = new ArrayList<>();
    private double upper;
    private double[] sensitivity;
    private Split split;

    private Region(LayerBounds bounds, int number, boolean sided, double known, Deadline deadline) {
        this.bounds = bounds;
        this.number = number;
        this.sided = sided;
        this.deadline = deadline;
        upper = known;
    }

    /** All of the input box. */
    static Region whole(LayerGraph graph, Box input, Execution execution, Deadline deadline) {
        Region region = new Region(LayerBounds.intervals(graph, input, execution), 0, false,
                Double.POSITIVE_INFINITY, deadline);
        region.bound();
        return region;
    }

    /** At least the output's largest value here. */
    double upper() {
        return upper;
    }

    /** Inputs at which bounds were reached: where the output may be large. */
    List<double[]> met() {
        return met;
    }

    int number() {
        return number;
    }

    private void bound() {
        new BoundPropagation(bounds, Effort.PLAIN, deadline, BoundProgress.NONE, true, KeptBounds.NONE).run();
        int last = bounds.graph().size() - 1;
        BackwardPass pass = new BackwardPass(bounds);
        SlopeSearch search = new SlopeSearch(bounds, pass, last, new double[] {1});
        search.search(new Lines(bounds), Effort.SLOPES.slopeSteps() / 2, deadline);
        upper = Math.min(upper, Math.min(bounds.box(last).high()[0], search.best()));
        pass.upper(last, new double[] {1}, search.bestLines());
        meet(pass.corner());
        sensitivity = pass.coefficients(0) == null ? new double[bounds.graph().inputSize()] : pass.coefficients(0);
        split = Split.worst(bounds, pass, search.bestLines());
        if (sided && variables() <= MOST_VARIABLES) {
            boundByProgram(last);
        }
    }

    private int variables() {
        return bounds.graph().inputSize() + bounds.graph().layers().stream()
                .mapToInt(layer -> layer instanceof ActivationLayer ? layer.size() : 0).sum();
    }

    private void boundByProgram(int last) {
        try (RelaxedProgram program = new RelaxedProgram(bounds, last, true)) {
            upper = Math.min(upper, program.upper(new double[] {1}, 1, deadline));
            program.lastInput().ifPresent(this::meet);
        }
    }

    private void meet(double[] input) {
        double[] inside = input.clone();
        for (int at = 0; at < inside.length; at++) {
            inside[at] = Math.min(Math.max(inside[at], bounds.box(0).low()[at]), bounds.box(0).high()[at]);
        }
        met.add(inside);
    }

    /** Two parts that cover this one; none where it cannot be split. */
    List<Region> split(boolean byInput, int firstNumber) {
        return byInput ? splitInput(firstNumber) : splitNeuron(firstNumber);
    }

    private List<Region> splitInput(int firstNumber) {
        Box box = bounds.box(0);
        double steepest = 0;
        for (double slope : sensitivity) {
            steepest = Math.max(steepest, Math.abs(slope));
        }
        int widest = -1;
        double most = 0;
        for (int at = 0; at < box.size(); at++) {
            double weight = Math.abs(sensitivity[at]) + 0.05 * steepest + Double.MIN_NORMAL;
            if (box.width(at) > LEAST_WIDTH * (1 + box.magnitude(at)) && box.width(at) * weight > most) {
                most = box.width(at) * weight;
                widest = at;
            }
        }
        if (widest < 0) {
            return List.of();
        }
        double middle = box.middle(widest);
        return List.of(part(bounds.within(box.with(widest, box.low()[widest], middle)), firstNumber, sided),
                part(bounds.within(box.with(widest, middle, box.high()[widest])), firstNumber + 1, sided));
    }

    private List<Region> splitNeuron(int firstNumber) {
        if (split == null) {
            return List.of();
        }
        Box box = bounds.box(split.layer());
        LayerBounds below = bounds.within(bounds.box(0));
        below.narrow(split.layer(), box.with(split.neuron(), box.low()[split.neuron()], split.point()));
        LayerBounds above = bounds.within(bounds.box(0));
        above.narrow(split.layer(), box.with(split.neuron(), split.point(), box.high()[split.neuron()]));
        return List.of(part(below, firstNumber, true), part(above, firstNumber + 1, true));
    }

    private Region part(LayerBounds inner, int partNumber, boolean onSide) {
        Region region = new Region(inner, partNumber, onSide, upper, deadline);
        region.bound();
        return region;
    }
}
