package org.reluctor.certify.bound;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.reluctor.certify.envelope.Univariate;
import org.reluctor.certify.graph.ActivationLayer;
import org.reluctor.certify.graph.LayerGraph;
import org.reluctor.certify.interval.Box;
import org.reluctor.certify.interval.Outward;
import org.reluctor.certify.program.DualBound;
import org.reluctor.certify.program.LinearRow;
import org.reluctor.certify.program.LinearSolution;
import org.reluctor.certify.program.LinearSolver;

/**
 * The linear program over a graph's input and activations up to one layer: lines above and below each activation, the
 * known bounds of its pre-activation, and cuts that are separated at the program's own solutions (Tjandraatmadja et al.
 * 2020, OptC2V; arXiv 2410.23362, Section 5). Cuts stay for later objectives, of which they hold just as well. For one
 * thread.
 */
final class RelaxedProgram implements AutoCloseable {
    private static final double LEAST_CUT = 1e-7;
    private static final double LEAST_PROGRESS = 1e-8;
    private static final double MOST_MISSED = 1e4;
    private static final double PRICE = 1e3;

    private final LayerBounds bounds;
    private final int last;
    private final Map<Integer, Integer> starts = new HashMap<>();
    private final Map<Integer, CollapsedNeuron[]> neurons = new HashMap<>();
    private final List<LinearRow> rows = new ArrayList<>();
    private final Box box;
    private final LinearSolver solver;
    private final boolean elastic;
    private double[] lastPoint;

    /**
     * @param last    the layer of which functions are bounded; affine
     * @param elastic whether every row may be missed at a price: then the program has a solution even where no input
     *                    is left, and its bound says so by being low
     */
    RelaxedProgram(LayerBounds bounds, int last, boolean elastic) {
        this.bounds = bounds;
        this.last = last;
        this.elastic = elastic;
        box = variables();
        solver = LinearSolver.open(box);
        activations().forEach(this::relax);
    }

    private List<Integer> activations() {
        List<Integer> result = new ArrayList<>();
        for (int at = 1; at < last; at++) {
            if (bounds.graph().layer(at) instanceof ActivationLayer) {
                result.add(at);
            }
        }
        return result;
    }

    private Box variables() {
        List<Integer> layers = new ArrayList<>(List.of(0));
        layers.addAll(activations());
        int size = 0;
        for (int layer : layers) {
            starts.put(layer, size);
            size += bounds.box(layer).size();
        }
        size += elastic ? 1 : 0;
        double[] low = new double[size];
        double[] high = new double[size];
        for (int layer : layers) {
            Box part = bounds.box(layer);
            System.arraycopy(part.low(), 0, low, starts.get(layer), part.size());
            System.arraycopy(part.high(), 0, high, starts.get(layer), part.size());
        }
        if (elastic) {
            // By how much rows are missed; no solution that counts misses any.
            high[size - 1] = MOST_MISSED;
        }
        return new Box(low, high);
    }

    private void relax(int at) {
        ActivationLayer layer = (ActivationLayer) bounds.graph().layer(at);
        CollapsedNeuron[] collapsed = new CollapsedNeuron[layer.size()];
        for (int i = 0; i < collapsed.length; i++) {
            collapsed[i] = CollapsedNeuron.of(bounds, layer.source(), i);
            int y = starts.get(at) + i;
            if (box.low()[y] < box.high()[y]) {
                addLines(collapsed[i], layer.function(i), bounds.box(layer.source()), i, y);
            }
            addRange(collapsed[i], bounds.box(layer.source()), i);
        }
        neurons.put(at, collapsed);
    }

    private void addLines(CollapsedNeuron neuron, Univariate function, Box source, int i, int y) {
        double low = source.low()[i];
        double high = source.high()[i];
        for (double slope : function.slopesAbove(low, high)) {
            add(neuron.lineAbove(slope, function.mostOver(slope, low, high)), y, 1);
        }
        for (double slope : function.slopesBelow(low, high)) {
            add(neuron.lineBelow(slope, function.leastOver(slope, low, high)), y, -1);
        }
    }

    /** sign·y ≤ sign·(Σ α·u + β). */
    private void add(GraphCut cut, int y, double sign) {
        double[] coefficients = new double[1 + Arrays.stream(cut.coefficients()).mapToInt(part -> part.length).sum()];
        int[] places = new int[coefficients.length];
        places[0] = y;
        coefficients[0] = sign;
        int at = 1;
        for (int part = 0; part < cut.layers().length; part++) {
            for (int j = 0; j < cut.coefficients()[part].length; j++) {
                places[at] = starts.get(cut.layers()[part]) + cut.places()[part][j];
                coefficients[at++] = -sign * cut.coefficients()[part][j];
            }
        }
        addRow(new LinearRow(places, coefficients, sign * cut.intercept()));
    }

    /** What is known of the pre-activation: for a neuron that was branched on, on which side of the kink it is. */
    private void addRange(CollapsedNeuron neuron, Box known, int i) {
        double[] up = join(neuron, 1);
        int[] places = places(neuron);
        double[] down = join(neuron, -1);
        addRow(new LinearRow(places, up, Outward.addUp(Outward.addUp(known.high()[i], -neuron.constant()),
                neuron.error())));
        addRow(new LinearRow(places, down, Outward.addUp(Outward.addUp(-known.low()[i], neuron.constant()),
                neuron.error())));
    }

    private static double[] join(CollapsedNeuron neuron, double sign) {
        List<Double> all = new ArrayList<>();
        for (int part = 0; part < neuron.layers().length; part++) {
            Arrays.stream(neuron.coefficients(part)).forEach(value -> all.add(sign * value));
        }
        return all.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private int[] places(CollapsedNeuron neuron) {
        List<Integer> all = new ArrayList<>();
        for (int part = 0; part < neuron.layers().length; part++) {
            for (int place : neuron.places(part)) {
                all.add(starts.get(neuron.layers()[part]) + place);
            }
        }
        return all.stream().mapToInt(Integer::intValue).toArray();
    }

    private void addRow(LinearRow given) {
        LinearRow row = given;
        if (elastic) {
            int[] places = Arrays.copyOf(given.places(), given.places().length + 1);
            double[] coefficients = Arrays.copyOf(given.coefficients(), places.length);
            places[places.length - 1] = box.size() - 1;
            coefficients[places.length - 1] = -1;
            row = new LinearRow(places, coefficients, given.bound());
        }
        rows.add(row);
        solver.add(row);
    }

    /** The input of the last solution, where there was one. */
    Optional<double[]> lastInput() {
        return Optional.ofNullable(lastPoint).map(point -> Arrays.copyOf(point, bounds.box(0).size()));
    }

    /**
     * At least the largest objective·u of the last layer's values; infinite where no solver helps.
     *
     * @param deadline after which no further round of cuts is begun
     */
    double upper(double[] objective, int cutRounds, Deadline deadline) {
        CollapsedNeuron function = CollapsedNeuron.of(bounds, last, objective);
        double[] full = new double[box.size()];
        int[] places = places(function);
        double[] coefficients = join(function, 1);
        for (int at = 0; at < places.length; at++) {
            full[places[at]] = coefficients[at];
        }
        if (elastic) {
            full[full.length - 1] = -PRICE * (1 + Arrays.stream(coefficients).map(Math::abs).max().orElse(0));
        }
        double best = DualBound.upper(box, rows, full, new double[0]);
        for (int round = 0; round <= cutRounds; round++) {
            Optional<LinearSolution> solution = solver.maximise(full);
            if (solution.isEmpty()) {
                break;
            }
            lastPoint = solution.get().point();
            double bound = DualBound.upper(box, rows, full, solution.get().multipliers());
            boolean stuck = round > 0 && bound > best - LEAST_PROGRESS * (1 + Math.abs(best));
            best = Math.min(best, bound);
            if (stuck || round == cutRounds || deadline.over() || separate(lastPoint) == 0) {
                break;
            }
        }
        return Outward.addUp(Outward.addUp(best, function.constant()), function.error());
    }

    private int separate(double[] point) {
        LayerGraph graph = bounds.graph();
        double[][] values = new double[last][];
        starts.forEach((layer, start) ->
                values[layer] = Arrays.copyOfRange(point, start, start + bounds.box(layer).size()));
        int added = 0;
        for (int at : activations()) {
            ActivationLayer layer = (ActivationLayer) graph.layer(at);
            for (int i = 0; i < layer.size(); i++) {
                added += bounds.canBeCut(layer, i, true) && separate(layer, at, i, true, values) ? 1 : 0;
                added += bounds.canBeCut(layer, i, false) && separate(layer, at, i, false, values) ? 1 : 0;
            }
        }
        return added;
    }

    private boolean separate(ActivationLayer layer, int at, int i, boolean above, double[][] values) {
        GraphCut cut = neurons.get(at)[i].cut(layer.function(i), above, values);
        double sign = above ? 1 : -1;
        if (sign * (values[at][i] - cut.at(values)) <= LEAST_CUT) {
            return false;
        }
        add(cut, starts.get(at) + i, sign);
        return true;
    }

    @Override
    public void close() {
        solver.close();
    }
}
