package org.reluctor.certify.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.reluctor.certify.envelope.PiecewiseLinear;
import org.reluctor.certify.envelope.SoftShrinkage;
import org.reluctor.certify.graph.AffineLayer.Term;
import org.reluctor.network.Broadcasting;
import org.reluctor.network.Node;
import org.reluctor.network.Operator;
import org.reluctor.network.Shape;
import org.reluctor.network.Value;

/** The layers of single nodes. Each method gives the index of the layer that holds the node's output. */
final class NodeLayers {
    private final LayerGraph.Builder builder;
    private final Map<Value, Integer> layers;

    /** @param layers of the values that are there already; the caller adds to them */
    NodeLayers(LayerGraph.Builder builder, Map<Value, Integer> layers) {
        this.builder = builder;
        this.layers = layers;
    }

    /** The layer of a node's first input. */
    int input(Node node) {
        return layers.get(node.inputs().get(0));
    }

    private int affine(int source, LinearMap map, Float32Rounding rounding) {
        return builder.affine(source, map, new double[map.rows()], rounding);
    }

    /** Elements brought to other places; what comes from nowhere is a padding. */
    int moved(Node node, int[] sources) {
        double padding = node.attributes().real("value", 0);
        double[] bias = Arrays.stream(sources).mapToDouble(source -> source < 0 ? padding : 0).toArray();
        int from = input(node);
        return builder.affine(from, SparseMap.selection(builder.size(from), sources), bias, Float32Rounding.EXACT);
    }

    int joined(Node node) {
        Shape to = node.output().shape();
        int axis = (int) node.attributes().integer("axis", 0);
        int inner = product(to, axis + 1);
        int size = Math.toIntExact(to.frameElements());
        double[] bias = new double[size];
        List<Term> terms = new ArrayList<>();
        int start = 0;
        for (Value input : node.inputs()) {
            int length = input.shape().dim(axis);
            int[] sources = new int[size];
            for (int at = 0; at < size; at++) {
                int place = at / inner % to.dim(axis) - start;
                int outer = at / inner / to.dim(axis);
                sources[at] = place >= 0 && place < length ? (outer * length + place) * inner + at % inner : -1;
                if (input.isConstant() && sources[at] >= 0) {
                    bias[at] = input.floats()[sources[at]];
                }
            }
            if (!input.isConstant()) {
                int layer = layers.get(input);
                terms.add(new Term(layer, SparseMap.selection(builder.size(layer), sources)));
            }
            start += length;
        }
        return builder.affine(terms, bias, Float32Rounding.EXACT);
    }

    private static int product(Shape shape, int from) {
        int product = 1;
        for (int axis = from; axis < shape.rank(); axis++) {
            product *= shape.dim(axis);
        }
        return product;
    }

    int product(Node node) {
        LinearMap map = NodeMaps.of(node);
        boolean mean = node.operator() == Operator.REDUCE_MEAN;
        Float32Rounding rounding = Float32Rounding.ofSums(map.longestRow());
        Value variable = node.inputs().get(0).isConstant() ? node.inputs().get(1) : node.inputs().get(0);
        return builder.affine(layers.get(variable), map, bias(node, map.rows()),
                mean ? rounding.withCoefficientError(0x1p-52) : rounding, NodeMaps.detour(node));
    }

    private static double[] bias(Node node, int rows) {
        double[] bias = new double[rows];
        if (node.inputs().size() > 2) {
            float[] constant = node.inputs().get(2).floats();
            if (constant == null) {
                throw new RefusedNetworkException(NetworkImport.place(node)
                        + " adds a computed value; must be constant");
            }
            boolean gemm = node.operator() == Operator.GEMM;
            double beta = gemm ? node.attributes().real("beta", 1) : 1;
            int[] sources = gemm ? Broadcasting.sources(node.inputs().get(2).shape(), node.output().shape())
                    : channels(node.output().shape());
            Arrays.setAll(bias, at -> beta * constant[sources[at]]);
        }
        return bias;
    }

    private static int[] channels(Shape image) {
        int plane = product(image, 2);
        int[] sources = new int[Math.toIntExact(image.frameElements())];
        Arrays.setAll(sources, at -> at / plane);
        return sources;
    }

    int sum(Node node) {
        Shape to = node.output().shape();
        double sign = node.operator() == Operator.SUB ? -1 : 1;
        double[] bias = new double[Math.toIntExact(to.frameElements())];
        List<Term> terms = new ArrayList<>();
        for (int at = 0; at < 2; at++) {
            Value input = node.inputs().get(at);
            double factor = at == 0 ? 1 : sign;
            int[] sources = Broadcasting.sources(input.shape(), to);
            if (input.isConstant()) {
                double[] elements = elements(input.floats(), sources);
                Arrays.setAll(bias, i -> factor * elements[i]);
            } else {
                terms.add(new Term(layers.get(input), stretched(input, sources, factor)));
            }
        }
        return builder.affine(terms, bias, Float32Rounding.ofSums(2));
    }

    private static LinearMap stretched(Value input, int[] sources, double factor) {
        int[] starts = new int[sources.length + 1];
        Arrays.setAll(starts, row -> row);
        double[] elements = new double[sources.length];
        Arrays.fill(elements, factor);
        return new SparseMap(Math.toIntExact(input.shape().frameElements()), starts, sources, elements);
    }

    int scaled(Node node) {
        boolean division = node.operator() == Operator.DIV;
        int variable = node.inputs().get(0).isConstant() && !division ? 1 : 0;
        Value x = node.inputs().get(variable);
        Value constant = node.inputs().get(1 - variable);
        if (x.isConstant() || !constant.isConstant()) {
            throw new RefusedNetworkException(NetworkImport.place(node) + " takes " + node.inputs().get(0) + " and "
                    + node.inputs().get(1) + ", both computed; one must be constant" + (division ? ", the divisor"
                    : ", or the node a soft threshold Sign(x) * Relu(Abs(x) - t)"));
        }
        Shape to = node.output().shape();
        double[] factors = elements(constant.floats(), Broadcasting.sources(constant.shape(), to));
        if (division) {
            Arrays.setAll(factors, at -> 1 / factors[at]);
        }
        requireFinite(node, factors);
        int[] sources = Broadcasting.sources(x.shape(), to);
        int[] starts = new int[sources.length + 1];
        Arrays.setAll(starts, row -> row);
        Float32Rounding rounding = Float32Rounding.ofSums(1);
        return affine(layers.get(x), new SparseMap(Math.toIntExact(x.shape().frameElements()), starts, sources,
                factors), division ? rounding.withCoefficientError(0x1p-52) : rounding);
    }

    /** A constant's elements, where they are wanted. */
    private static double[] elements(float[] constant, int[] sources) {
        return Arrays.stream(sources).mapToDouble(source -> constant[source]).toArray();
    }

    private static void requireFinite(Node node, double[] factors) {
        for (double factor : factors) {
            if (!Double.isFinite(factor)) {
                throw new RefusedNetworkException(NetworkImport.place(node) + " has a factor of " + factor
                        + "; must be finite");
            }
        }
    }

    int negated(Node node) {
        return scaled(input(node), -1);
    }

    private int scaled(int layer, double factor) {
        return affine(layer, SparseMap.scaling(builder.size(layer), factor), Float32Rounding.EXACT);
    }

    private int shifted(int layer, double factor, double[] shift, Float32Rounding rounding) {
        return builder.affine(layer, SparseMap.scaling(builder.size(layer), factor), shift, rounding);
    }

    private int relu(int layer) {
        return builder.activation(layer, PiecewiseLinear.RELU);
    }

    private int combined(double[] bias, int first, double factor, int second, double otherFactor) {
        int size = builder.size(first);
        return builder.affine(List.of(new Term(first, SparseMap.scaling(size, factor)),
                new Term(second, SparseMap.scaling(size, otherFactor))), bias, Float32Rounding.EXACT);
    }

    /** Relu(x) + Relu(-x), which is |x| without rounding. */
    int absolute(Node node) {
        int x = input(node);
        return combined(new double[builder.size(x)], relu(x), 1, relu(scaled(x, -1)), 1);
    }

    /** The device rounds |x| - t, once. */
    int shrunk(Node node, SoftThreshold threshold) {
        int x = layers.get(threshold.x());
        double[] shift = elements(threshold.threshold().floats(),
                Broadcasting.sources(threshold.threshold().shape(), threshold.x().shape()));
        for (int at = 0; at < shift.length; at++) {
            if (!(shift[at] >= 0)) {
                throw new RefusedNetworkException(NetworkImport.place(node) + " shrinks by the threshold " + shift[at]
                        + " at element " + at + "; a negative one makes the output jump at zero, must be 0 or more");
            }
        }
        int shrunk = builder.activation(x, Arrays.stream(shift).mapToObj(SoftShrinkage::new).toList());
        return shifted(shrunk, 1, new double[shift.length], Float32Rounding.ofSums(1));
    }

    /** x, raised to the least by least + Relu(x - least), lowered to the most by most - Relu(most - x). */
    int clipped(Node node) {
        double least = node.attributes().real("min", -Float.MAX_VALUE);
        double most = node.attributes().real("max", Float.MAX_VALUE);
        int result = input(node);
        if (least > most) {
            throw new RefusedNetworkException(NetworkImport.place(node) + " clips from " + least + " to " + most
                    + "; must ascend");
        }
        if (least > -Float.MAX_VALUE) {
            result = shifted(relu(shifted(result, 1, all(result, -least), Float32Rounding.EXACT)), 1,
                    all(result, least), Float32Rounding.EXACT);
        }
        if (most < Float.MAX_VALUE) {
            result = shifted(relu(shifted(result, -1, all(result, most), Float32Rounding.EXACT)), -1,
                    all(result, most), Float32Rounding.EXACT);
        }
        return result;
    }

    private double[] all(int layer, double value) {
        double[] result = new double[builder.size(layer)];
        Arrays.fill(result, value);
        return result;
    }

    /** From left to right: max(a, b) = a + Relu(b - a), min(a, b) = a - Relu(a - b). */
    int extreme(Node node) {
        double sign = node.operator() == Operator.MAX ? 1 : -1;
        Shape to = node.output().shape();
        int result = stretchedLayer(node.inputs().get(0), to);
        for (Value next : node.inputs().subList(1, node.inputs().size())) {
            int other = stretchedLayer(next, to);
            double[] zero = new double[builder.size(result)];
            int difference = combined(zero, other, sign, result, -sign);
            result = combined(zero, result, 1, relu(difference), sign);
        }
        return result;
    }

    private int stretchedLayer(Value value, Shape to) {
        int[] sources = Broadcasting.sources(value.shape(), to);
        if (value.isConstant()) {
            return builder.affine(List.of(), elements(value.floats(), sources), Float32Rounding.EXACT);
        }
        return affine(layers.get(value), stretched(value, sources, 1), Float32Rounding.EXACT);
    }
}
