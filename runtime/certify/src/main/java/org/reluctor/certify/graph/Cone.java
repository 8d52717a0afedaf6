package org.reluctor.certify.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.reluctor.certify.graph.AffineLayer.Term;

/**
 * All that some elements of a layer depend on, as a graph of its own: their receptive field. An element behind a few
 * convolutions sees some hundred elements of each layer before it and not tens of thousands, and whatever walks through
 * this graph costs as much less. Values are those of the whole graph's elements. Immutable.
 *
 * <p>What a device may be off on another way to a layer's sums ({@link AffineLayer#detour}) depends on elements beside
 * the cone, so it cannot be told here: it is to be taken from what is known of the whole graph, and asking for it is
 * refused.
 */
public final class Cone {
    private final LayerGraph graph;
    private final int[] layers;
    private final int[][] elements;

    private Cone(LayerGraph graph, int[] layers, int[][] elements) {
        this.graph = graph;
        this.layers = layers;
        this.elements = elements;
    }

    /**
     * The cone of elements of a layer, of which there is at least one.
     *
     * @param chosen ascending
     */
    public static Cone of(LayerGraph whole, int layer, int... chosen) {
        return within(whole, Long.MAX_VALUE, layer, chosen).orElseThrow();
    }

    /** The same, unless it has more than so many elements in all. */
    public static Optional<Cone> within(LayerGraph whole, long most, int layer, int... chosen) {
        Walk walk = new Walk(whole, most, layer, chosen);
        return walk.back() ? Optional.of(walk.cone()) : Optional.empty();
    }

    /** The graph of the cone alone; its last layer holds the elements that were chosen. */
    public LayerGraph graph() {
        return graph;
    }

    /** Of the cone's layers their indices in the whole graph, ascending; the input is always among them. */
    public int layer(int at) {
        return layers[at];
    }

    /** Of a layer of the cone its elements' places in the whole graph, ascending; shared, not copied. */
    public int[] elements(int at) {
        return elements[at];
    }

    /** The cone's elements of an array that has one for each element of the whole layer; null for null. */
    public double[] part(int at, double[] values) {
        if (values == null) {
            return null;
        }
        double[] result = new double[elements[at].length];
        for (int i = 0; i < result.length; i++) {
            result[i] = values[elements[at][i]];
        }
        return result;
    }

    /** Marks what is needed, from the chosen elements back to the input. */
    private static final class Walk {
        private final LayerGraph whole;
        private final long most;
        private final int last;
        /** By layer, for each element 1 where it is needed, and later its place plus 1; null where none is. */
        private final int[][] marks;
        private long count;

        Walk(LayerGraph whole, long most, int last, int... chosen) {
            this.whole = whole;
            this.most = most;
            this.last = last;
            marks = new int[last + 1][];
            for (int element : chosen) {
                mark(last, element);
            }
        }

        private void mark(int layer, int element) {
            int[] ofLayer = marks[layer];
            if (ofLayer == null) {
                ofLayer = new int[whole.layer(layer).size()];
                marks[layer] = ofLayer;
            }
            if (ofLayer[element] == 0) {
                ofLayer[element] = 1;
                count++;
            }
        }

        /** Whether there are not too many. */
        boolean back() {
            for (int at = last; at > 0; at--) {
                int[] needed = marks[at];
                for (int element = 0; needed != null && element < needed.length; element++) {
                    if (needed[element] != 0) {
                        markSources(whole.layer(at), element);
                    }
                    if (count > most) {
                        return false;
                    }
                }
            }
            return true;
        }

        private void markSources(Layer layer, int element) {
            if (layer instanceof ActivationLayer activation) {
                mark(activation.source(), element);
                return;
            }
            for (Term term : ((AffineLayer) layer).terms()) {
                term.map().visitRow(element, (column, value) -> mark(term.source(), column));
            }
        }

        Cone cone() {
            if (marks[0] == null) {
                mark(0, 0);
            }
            int[] layers = IntStream.rangeClosed(0, last).filter(at -> marks[at] != null).toArray();
            int[][] elements = new int[layers.length][];
            int[] places = new int[last + 1];
            Arrays.setAll(elements, at -> number(layers[at]));
            LayerGraph.Builder builder = new LayerGraph.Builder(elements[0].length);
            for (int at = 1; at < layers.length; at++) {
                places[layers[at]] = at;
                if (whole.layer(layers[at]) instanceof ActivationLayer activation) {
                    builder.activation(places[activation.source()],
                            Arrays.stream(elements[at]).mapToObj(activation::function).toList());
                } else {
                    add(builder, (AffineLayer) whole.layer(layers[at]), elements[at], places);
                }
            }
            return new Cone(builder.build(), layers, elements);
        }

        /** The needed elements of a layer; their marks become their places plus 1. */
        private int[] number(int layer) {
            int[] ofLayer = marks[layer];
            int[] needed = IntStream.range(0, ofLayer.length).filter(element -> ofLayer[element] != 0).toArray();
            for (int place = 0; place < needed.length; place++) {
                ofLayer[needed[place]] = place + 1;
            }
            return needed;
        }

        private void add(LayerGraph.Builder builder, AffineLayer layer, int[] rows, int... places) {
            List<Term> terms = new ArrayList<>();
            for (Term term : layer.terms()) {
                if (marks[term.source()] != null) {
                    terms.add(new Term(places[term.source()], part(term, rows, builder.size(places[term.source()]))));
                }
            }
            double[] bias = Arrays.stream(rows).mapToDouble(row -> layer.bias()[row]).toArray();
            builder.affine(terms, bias, layer.rounding(), layer.detour() == null ? null : TransformRounding.UNTOLD);
        }

        private SparseMap part(Term term, int[] rows, int columns) {
            Entries entries = new Entries(marks[term.source()]);
            int[] starts = new int[rows.length + 1];
            for (int row = 0; row < rows.length; row++) {
                term.map().visitRow(rows[row], entries);
                starts[row + 1] = entries.count;
            }
            return new SparseMap(columns, starts, Arrays.copyOf(entries.places, entries.count),
                    Arrays.copyOf(entries.values, entries.count));
        }
    }

    /** Elements of several rows, one behind the other, at their new places. */
    private static final class Entries implements LinearMap.RowVisitor {
        private final int[] numbers;
        private int[] places = new int[64];
        private double[] values = new double[64];
        private int count;

        Entries(int... numbers) {
            this.numbers = numbers;
        }

        @Override
        public void element(int column, double value) {
            if (count == places.length) {
                places = Arrays.copyOf(places, 2 * count);
                values = Arrays.copyOf(values, 2 * count);
            }
            places[count] = numbers[column] - 1;
            values[count++] = value;
        }
    }
}
