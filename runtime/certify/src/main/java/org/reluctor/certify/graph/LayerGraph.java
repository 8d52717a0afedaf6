package org.reluctor.certify.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.reluctor.certify.envelope.Univariate;

/**
 * A network and whatever is said about it: layers in an order in which each is computed from earlier ones, the input
 * first. Skip connections are terms of affine layers and stay exact. Immutable.
 */
public final class LayerGraph {
    private final List<Layer> layers;
    private final int[][] activations;

    private LayerGraph(List<Layer> layers) {
        this.layers = List.copyOf(layers);
        activations = new int[layers.size()][0];
        for (int at = 0; at < layers.size(); at++) {
            if (layers.get(at) instanceof ActivationLayer activation) {
                int[] known = activations[activation.source()];
                activations[activation.source()] = Arrays.copyOf(known, known.length + 1);
                activations[activation.source()][known.length] = at;
            }
        }
    }

    public List<Layer> layers() {
        return layers;
    }

    public Layer layer(int index) {
        return layers.get(index);
    }

    /** The activations of a layer; shared, not copied. */
    public int[] activationsOf(int source) {
        return activations[source];
    }

    /** How many layers there are, the input included. */
    public int size() {
        return layers.size();
    }

    /** Elements of the input. */
    public int inputSize() {
        return layers.get(0).size();
    }

    /** Values of all layers for one input, in float64. */
    public double[][] evaluate(double[] input) {
        double[][] values = new double[size()][];
        values[0] = input;
        for (int at = 1; at < size(); at++) {
            values[at] = value(layers.get(at), values);
        }
        return values;
    }

    private static double[] value(Layer layer, double[][] values) {
        double[] result = new double[layer.size()];
        if (layer instanceof AffineLayer affine) {
            System.arraycopy(affine.bias(), 0, result, 0, result.length);
            affine.terms().forEach(term -> term.map().addProduct(values[term.source()], result));
        } else if (layer instanceof ActivationLayer activation) {
            double[] source = values[activation.source()];
            for (int at = 0; at < result.length; at++) {
                result[at] = activation.function(at).value(source[at]);
            }
        }
        return result;
    }

    /** Adds layers one by one; each method gives the index of the new one. */
    public static final class Builder {
        private final List<Layer> layers = new ArrayList<>();

        /** Starts with the input. */
        public Builder(int inputSize) {
            layers.add(new InputLayer(inputSize));
        }

        /** Starts from an existing graph, whose indices stay. */
        public Builder(LayerGraph graph) {
            layers.addAll(graph.layers);
        }

        /** One map of one layer, plus b. */
        public int affine(int source, LinearMap map, double[] bias, Float32Rounding rounding) {
            return affine(List.of(new AffineLayer.Term(source, map)), bias, rounding);
        }

        /** Several maps, plus b. */
        public int affine(List<AffineLayer.Term> terms, double[] bias, Float32Rounding rounding) {
            return affine(terms, bias, rounding, null);
        }

        /** One map of one layer, plus b, which a device may compute on another way. */
        public int affine(int source, LinearMap map, double[] bias, Float32Rounding rounding,
                TransformRounding detour) {
            return affine(List.of(new AffineLayer.Term(source, map)), bias, rounding, detour);
        }

        /** Several maps, plus b, of which the first may be computed on another way, if there is no other. */
        public int affine(List<AffineLayer.Term> terms, double[] bias, Float32Rounding rounding,
                TransformRounding detour) {
            for (AffineLayer.Term term : terms) {
                if (term.map().columns() != size(term.source()) || term.map().rows() != bias.length) {
                    throw new IllegalArgumentException("a map of " + term.map().rows() + " x " + term.map().columns()
                            + " from layer " + term.source() + " of " + size(term.source()) + " to " + bias.length);
                }
            }
            layers.add(new AffineLayer(terms, bias, rounding, detour));
            return layers.size() - 1;
        }

        /** One function of every element. */
        public int activation(int source, Univariate function) {
            return activation(source, Collections.nCopies(size(source), function));
        }

        /**
         * A function for each element. All bounds take for granted that an activation is one of an affine layer: where
         * it is of the input, or of another activation, an identity comes between.
         */
        public int activation(int source, List<? extends Univariate> functions) {
            if (functions.size() != size(source)) {
                throw new IllegalArgumentException(functions.size() + " functions of " + size(source) + " elements");
            }
            layers.add(new ActivationLayer(affine(source), List.copyOf(functions)));
            return layers.size() - 1;
        }

        private int affine(int source) {
            if (layers.get(source) instanceof AffineLayer) {
                return source;
            }
            int size = size(source);
            return affine(source, SparseMap.selection(size, IntStream.range(0, size).toArray()), new double[size],
                    Float32Rounding.EXACT);
        }

        /** Elements of a layer. */
        public int size(int layer) {
            return layers.get(layer).size();
        }

        public LayerGraph build() {
            return new LayerGraph(layers);
        }
    }
}
