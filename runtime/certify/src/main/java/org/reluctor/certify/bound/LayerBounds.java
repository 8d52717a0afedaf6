package org.reluctor.certify.bound;

import java.util.Arrays;
import org.reluctor.certify.envelope.PiecewiseLinear;
import org.reluctor.certify.envelope.SmoothActivation;
import org.reluctor.certify.envelope.SoftShrinkage;
import org.reluctor.certify.graph.ActivationLayer;
import org.reluctor.certify.graph.AffineLayer;
import org.reluctor.certify.graph.Cone;
import org.reluctor.certify.graph.Layer;
import org.reluctor.certify.graph.LayerGraph;
import org.reluctor.certify.interval.Box;
import org.reluctor.certify.interval.Outward;

/**
 * A box for every layer of a graph, first by intervals, then as good as whoever narrows them. Keeps beside each affine
 * layer what its float32 execution may be off and the magnitudes by which float64 rounding is bounded. Not safe between
 * threads while it is changed.
 */
public final class LayerBounds {
    private final LayerGraph graph;
    private final Execution execution;
    private final Box[] boxes;
    private final double[][] magnitudes;
    private final double[][] radii;
    private final double[][] weights;
    private final Relaxation[] relaxations;

    private LayerBounds(LayerGraph graph, Execution execution) {
        this.graph = graph;
        this.execution = execution;
        boxes = new Box[graph.size()];
        magnitudes = new double[graph.size()][];
        radii = new double[graph.size()][];
        weights = new double[graph.size()][];
        relaxations = new Relaxation[graph.size()];
    }

    /**
     * Interval bounds of all layers.
     *
     * @param input of the graph's input size
     * @throws ArithmeticException if a layer has no finite bounds
     */
    public static LayerBounds intervals(LayerGraph graph, Box input, Execution execution) {
        LayerBounds bounds = new LayerBounds(graph, execution);
        bounds.boxes[0] = input;
        for (int at = 1; at < graph.size(); at++) {
            bounds.update(at);
        }
        return bounds;
    }

    /** Interval bounds of a part of the input box, none wider than what is known for all of it. */
    public LayerBounds within(Box part) {
        LayerBounds inner = new LayerBounds(graph, execution);
        System.arraycopy(boxes, 0, inner.boxes, 0, boxes.length);
        System.arraycopy(weights, 0, inner.weights, 0, weights.length);
        inner.boxes[0] = boxes[0].intersect(part);
        for (int at = 1; at < graph.size(); at++) {
            inner.update(at);
        }
        return inner;
    }

    /**
     * What is known of a cone's elements. Radii are the whole graph's, so that bounds of the cone's are as sound for
     * float32; they cannot be computed again by intervals where a device may compute by transforms.
     */
    public LayerBounds of(Cone cone) {
        LayerBounds part = new LayerBounds(cone.graph(), execution);
        for (int at = 0; at < part.boxes.length; at++) {
            int layer = cone.layer(at);
            part.boxes[at] = new Box(cone.part(at, boxes[layer].low()), cone.part(at, boxes[layer].high()));
            part.magnitudes[at] = cone.part(at, magnitudes[layer]);
            part.radii[at] = cone.part(at, radii[layer]);
            part.weights[at] = cone.part(at, weights[layer]);
        }
        return part;
    }

    /** The graph that is bounded. */
    public LayerGraph graph() {
        return graph;
    }

    public Execution execution() {
        return execution;
    }

    /** The box of a layer's values. */
    public Box box(int layer) {
        return boxes[layer];
    }

    /**
     * Narrows a layer to what lies in its box and in the given one, and every later one to what follows by intervals.
     */
    public void narrow(int layer, Box box) {
        boxes[layer] = boxes[layer].intersect(box);
        relaxations[layer] = null;
        for (int at = layer + 1; at < graph.size(); at++) {
            update(at);
        }
    }

    /** Narrows a layer without a look at later ones; {@link #update} brings them up to date. */
    void set(int layer, Box box) {
        boxes[layer] = boxes[layer].intersect(box);
    }

    /** Computes a layer's interval from the boxes before it, and keeps the better of it and what was known. */
    void update(int at) {
        Layer layer = graph.layer(at);
        Box box;
        if (layer instanceof AffineLayer affine) {
            box = affine(at, affine);
        } else {
            box = activation((ActivationLayer) layer);
            relaxations[at] = null;
        }
        boxes[at] = boxes[at] == null ? box : boxes[at].intersect(box);
    }

    /** Centre and radius: A·[c ± r] lies in A·c ± |A|·r, both with what their own rounding may add. */
    private Box affine(int at, AffineLayer layer) {
        double[][] centres = new double[at][];
        double[][] halves = new double[at][];
        double[][] most = new double[at][];
        layer.terms().forEach(term -> {
            Box source = boxes[term.source()];
            centres[term.source()] = new double[source.size()];
            halves[term.source()] = new double[source.size()];
            for (int i = 0; i < source.size(); i++) {
                double centre = source.middle(i);
                centres[term.source()][i] = centre;
                halves[term.source()][i] = Math.max(Outward.addUp(source.high()[i], -centre),
                        Outward.addUp(centre, -source.low()[i]));
            }
            most[term.source()] = source.magnitudes();
        });
        double[] middle = layer.bias().clone();
        double[] spread = new double[layer.size()];
        layer.terms().forEach(term -> {
            term.map().addProduct(centres[term.source()], middle);
            term.map().addMagnitudes(halves[term.source()], spread);
        });
        int terms = layer.longestRow();
        magnitudes[at] = Arrays.stream(layer.magnitudes(most)).map(sum -> Outward.sumUp(sum, terms)).toArray();
        radii[at] = radii(at, layer, terms);
        if (execution == Execution.FLOAT32 && layer.detour() != null) {
            addDetour(at, layer, most);
        }
        double[] low = new double[layer.size()];
        double[] high = new double[layer.size()];
        double gamma = Outward.gamma(terms + 2);
        for (int i = 0; i < low.length; i++) {
            double radius = Outward.addUp(Outward.sumUp(spread[i], terms), radii[at][i]);
            radius = Outward.addUp(radius, Outward.sumUp(gamma * magnitudes[at][i], terms));
            low[i] = Outward.addDown(middle[i], -radius);
            high[i] = Outward.addUp(middle[i], radius);
        }
        return requireFinite(low, high, at);
    }

    private double[] radii(int at, AffineLayer layer, int terms) {
        double[] result = new double[layer.size()];
        boolean rounds = execution == Execution.FLOAT32 && layer.rounding().operations() > 0;
        if (rounds && weights[at] == null) {
            weights[at] = weights(at, layer, terms);
        }
        for (int i = 0; i < result.length; i++) {
            double executed = rounds ? layer.rounding().executionRadius(magnitudes[at][i], weights[at][i]) : 0;
            result[i] = Outward.addUp(layer.rounding().coefficientRadius(magnitudes[at][i]), executed);
        }
        return result;
    }

    /** The device may take either way: the larger error counts. */
    private void addDetour(int at, AffineLayer layer, double[][] most) {
        int terms = layer.detour().magnitudes().longestRow();
        double[] sums = layer.detourMagnitudes(most);
        double[][] ones = new double[at][];
        int source = layer.terms().get(0).source();
        ones[source] = new double[graph.layer(source).size()];
        Arrays.fill(ones[source], 1);
        double[] rows = layer.detourMagnitudes(ones);
        for (int i = 0; i < sums.length; i++) {
            double radius = layer.detour().radius(Outward.sumUp(sums[i], terms), Outward.sumUp(rows[i], terms));
            radii[at][i] = Math.max(radii[at][i], radius);
        }
    }

    /** Σ |A| by rows. */
    private double[] weights(int at, AffineLayer layer, int terms) {
        double[][] ones = new double[at][];
        layer.terms().forEach(term -> {
            ones[term.source()] = new double[graph.layer(term.source()).size()];
            Arrays.fill(ones[term.source()], 1);
        });
        return Arrays.stream(layer.magnitudes(ones)).map(sum -> Outward.sumUp(sum, terms)).toArray();
    }

    private Box activation(ActivationLayer layer) {
        Box source = boxes[layer.source()];
        double[] low = new double[layer.size()];
        double[] high = new double[layer.size()];
        for (int i = 0; i < low.length; i++) {
            low[i] = layer.function(i).valueDown(source.low()[i]);
            high[i] = layer.function(i).valueUp(source.high()[i]);
        }
        return new Box(low, high);
    }

    /** Partial sums count, too: in some order they may come near the sum of all magnitudes. */
    private Box requireFinite(double[] low, double[] high, int at) {
        double largest = execution == Execution.FLOAT32 ? Float.MAX_VALUE : Double.MAX_VALUE;
        for (int i = 0; i < low.length; i++) {
            if (!(low[i] >= -largest && high[i] <= largest && magnitudes[at][i] + radii[at][i] <= largest)) {
                throw new ArithmeticException("element " + i + " of layer " + at + " may be from " + low[i] + " to "
                        + high[i] + ", which overflows");
            }
        }
        return new Box(low, high);
    }

    /** What the device may be off at each element of an affine layer. */
    double[] radius(int layer) {
        return radii[layer];
    }

    /** At least Σ |A||u| + |b| of an affine layer. */
    double[] magnitude(int layer) {
        return magnitudes[layer];
    }

    /** Whether an activation is piecewise linear and both its pieces may be met by that neuron. */
    boolean isKinked(ActivationLayer layer, int neuron) {
        Box box = boxes[layer.source()];
        return layer.function(neuron) instanceof PiecewiseLinear && box.low()[neuron] < 0 && box.high()[neuron] > 0;
    }

    /** Whether slopes of the neuron's lines are a matter of choice: a kink of ReLU or soft threshold lies within. */
    boolean isOpen(ActivationLayer layer, int neuron) {
        Box box = boxes[layer.source()];
        double low = box.low()[neuron];
        double high = box.high()[neuron];
        return isKinked(layer, neuron) || layer.function(neuron) instanceof SoftShrinkage shrinkage
                && low < shrinkage.threshold() && high > -shrinkage.threshold()
                && (low < -shrinkage.threshold() || high > shrinkage.threshold());
    }

    /**
     * Whether cuts by several inputs can be tighter than lines: on the side of the function on which its envelope is
     * not the function itself.
     */
    boolean canBeCut(ActivationLayer layer, int neuron, boolean above) {
        return isOpen(layer, neuron) && (above || !isKinked(layer, neuron)) || isCurved(layer, neuron);
    }

    /** Whether some function of an element of an affine layer is not linear on what is known of the element. */
    boolean isOpenBehind(int layer, int neuron) {
        for (int at : graph.activationsOf(layer)) {
            ActivationLayer activation = (ActivationLayer) graph.layer(at);
            if (!Double.isNaN(splitPoint(activation, neuron))) {
                return true;
            }
        }
        return false;
    }

    private boolean isCurved(ActivationLayer layer, int neuron) {
        Box box = boxes[layer.source()];
        return layer.function(neuron) instanceof SmoothActivation && box.low()[neuron] < box.high()[neuron];
    }

    /**
     * Where a neuron's interval is best split: at a kink within it, the one nearer to the middle, or in the middle of a
     * function without kinks; not-a-number where the function is linear on the interval.
     */
    double splitPoint(ActivationLayer layer, int neuron) {
        Box box = boxes[layer.source()];
        double low = box.low()[neuron];
        double high = box.high()[neuron];
        double middle = box.middle(neuron);
        if (isCurved(layer, neuron)) {
            return low < middle && middle < high ? middle : Double.NaN;
        }
        double best = Double.NaN;
        for (double kink : layer.function(neuron).kinks()) {
            if (kink > low && kink < high && !(Math.abs(kink - middle) >= Math.abs(best - middle))) {
                best = kink;
            }
        }
        return best;
    }

    /** Makes the lines before a layer, which otherwise are made on first use: from then on threads only read. */
    void prepareLines(int layer) {
        for (int at = 1; at < layer; at++) {
            if (graph.layer(at) instanceof ActivationLayer) {
                relaxation(at);
            }
        }
    }

    /** The lines of an activation layer for the present box of its source. */
    Relaxation relaxation(int layer) {
        if (relaxations[layer] == null) {
            ActivationLayer activation = (ActivationLayer) graph.layer(layer);
            relaxations[layer] = new Relaxation(activation, boxes[activation.source()]);
        }
        return relaxations[layer];
    }
}
