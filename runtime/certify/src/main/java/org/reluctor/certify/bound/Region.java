package org.reluctor.certify.bound;

import java.util.List;
import org.reluctor.certify.graph.ActivationLayer;
import org.reluctor.certify.graph.LayerGraph;
import org.reluctor.certify.interval.Box;

/** A part of the input box, for some ReLUs on one side of the kink, with bounds of everything on it. */
final class Region {
    /** Below this part of a coordinate's magnitude a box is not split any more. */
    private static final double LEAST_WIDTH = 1e-12;

    private final LayerBounds bounds;
    private final int number;
    private final boolean sided;
    private double upper;
    private double[] witness;
    private double value = Double.NEGATIVE_INFINITY;
    private double[] sensitivity;
    private int[] kink;

    private Region(LayerBounds bounds, int number, boolean sided, double known) {
        this.bounds = bounds;
        this.number = number;
        this.sided = sided;
        upper = known;
    }

    /** All of the input box. */
    static Region whole(LayerGraph graph, Box input, Execution execution) {
        Region region = new Region(LayerBounds.intervals(graph, input, execution), 0, false,
                Double.POSITIVE_INFINITY);
        region.bound();
        return region;
    }

    /** At least the output's largest value here. */
    double upper() {
        return upper;
    }

    /** At most the largest output met here so far. */
    double value() {
        return value;
    }

    /** The input at which it was met. */
    double[] witness() {
        return witness;
    }

    int number() {
        return number;
    }

    private void bound() {
        new BoundPropagation(bounds, Effort.PLAIN, Deadline.none(), BoundProgress.NONE).run();
        int last = bounds.graph().size() - 1;
        BackwardPass pass = new BackwardPass(bounds);
        SlopeSearch search = new SlopeSearch(bounds, pass, last, new double[] {1});
        search.search(new Lines(bounds), Effort.SLOPES.slopeSteps() / 2);
        upper = Math.min(upper, Math.min(bounds.box(last).high()[0], search.best()));
        pass.upper(last, new double[] {1}, search.bestLines());
        meet(pass.corner());
        sensitivity = pass.coefficients(0) == null ? new double[bounds.graph().inputSize()] : pass.coefficients(0);
        kink = worstKink(pass, search.bestLines());
        if (sided) {
            boundByProgram(last);
        }
    }

    private void boundByProgram(int last) {
        try (RelaxedProgram program = new RelaxedProgram(bounds, last, true)) {
            upper = Math.min(upper, program.upper(new double[] {1}, 1));
            program.lastInput().ifPresent(this::meet);
        }
    }

    private void meet(double[] input) {
        double[] inside = input.clone();
        for (int at = 0; at < inside.length; at++) {
            inside[at] = Math.min(Math.max(inside[at], bounds.box(0).low()[at]), bounds.box(0).high()[at]);
        }
        int last = bounds.graph().size() - 1;
        if (bounds.graph().evaluate(inside)[last][0] <= value) {
            return;
        }
        // Rounded down, for whatever execution: what violates here violates everywhere.
        LayerBounds point = LayerBounds.intervals(bounds.graph(), new Box(inside, inside), bounds.execution());
        double met = point.box(last).low()[0];
        if (met > value) {
            value = met;
            witness = inside;
        }
    }

    /** Layer and element of the ReLU whose upper line adds most to the bound; null where all are settled. */
    private int[] worstKink(BackwardPass pass, Lines lines) {
        LayerGraph graph = bounds.graph();
        int[] worst = null;
        double most = -1;
        for (int at = 1; at < graph.size(); at++) {
            if (!(graph.layer(at) instanceof ActivationLayer layer)) {
                continue;
            }
            double[] lambda = pass.coefficients(at);
            for (int i = 0; i < layer.size(); i++) {
                if (bounds.isKinked(layer, i)) {
                    double share = lambda == null ? 0
                            : Math.max(0, lambda[i]) * lines.relaxation(at).upperIntercept[i]
                            - Math.min(0, lambda[i]) * Math.min(bounds.box(layer.source()).high()[i],
                                    -bounds.box(layer.source()).low()[i]);
                    if (share > most) {
                        most = share;
                        worst = new int[] {layer.source(), i};
                    }
                }
            }
        }
        return worst;
    }

    /** Two parts that cover this one; none where it cannot be split. */
    List<Region> split(boolean byInput, int firstNumber) {
        return byInput ? splitInput(firstNumber) : splitKink(firstNumber);
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

    private List<Region> splitKink(int firstNumber) {
        if (kink == null) {
            return List.of();
        }
        Box box = bounds.box(kink[0]);
        LayerBounds negative = bounds.within(bounds.box(0));
        negative.narrow(kink[0], box.with(kink[1], box.low()[kink[1]], 0));
        LayerBounds positive = bounds.within(bounds.box(0));
        positive.narrow(kink[0], box.with(kink[1], 0, box.high()[kink[1]]));
        return List.of(part(negative, firstNumber, true), part(positive, firstNumber + 1, true));
    }

    private Region part(LayerBounds inner, int partNumber, boolean onSide) {
        Region region = new Region(inner, partNumber, onSide, upper);
        region.bound();
        return region;
    }
}
