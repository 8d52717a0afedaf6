package org.reluctor.certify.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.reluctor.certify.envelope.Univariate;
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

    /** Goes from the chosen elements back to the input, each layer's rows being read once. */
    private static final class Walk {
        private final LayerGraph whole;
        private final long most;
        private final int last;
        /** By layer; null where nothing is needed. */
        private final Needed[] needed;
        /** By layer the rows of each term. */
        private final Rows[][] rows;
        private long count;

        Walk(LayerGraph whole, long most, int last, int... chosen) {
            this.whole = whole;
            this.most = most;
            this.last = last;
            needed = new Needed[last + 1];
            rows = new Rows[last + 1][];
            for (int element : chosen) {
                of(last).mark(element);
            }
            of(0);
        }

        private Needed of(int layer) {
            if (needed[layer] == null) {
                needed[layer] = new Needed(whole.layer(layer).size());
            }
            return needed[layer];
        }

        /** Whether there are not too many. */
        boolean back() {
            for (int at = last; at > 0; at--) {
                if (needed[at] == null || needed[at].count == 0) {
                    // Rows without elements reach it, or nothing.
                    needed[at] = null;
                    continue;
                }
                int[] elements = needed[at].number();
                count += elements.length;
                if (whole.layer(at) instanceof ActivationLayer activation) {
                    of(activation.source()).markAll(elements);
                } else {
                    widenActivations(at, elements);
                    if (!through(at, (AffineLayer) whole.layer(at), elements)) {
                        return false;
                    }
                }
            }
            return count + needed[0].number().length <= most;
        }

        /**
         * Where a skip, or another activation, needs more of a layer than an activation does, the activation has those
         * elements, too: a graph's activations are of all elements. Nothing depends on the ones that are added.
         */
        private void widenActivations(int at, int... elements) {
            for (int activation : whole.activationsOf(at)) {
                if (activation <= last && needed[activation] != null && needed[activation].count < elements.length) {
                    count += elements.length - needed[activation].count;
                    needed[activation].markAll(elements);
                    needed[activation].number();
                }
            }
        }

        private boolean through(int at, AffineLayer layer, int... elements) {
            rows[at] = new Rows[layer.terms().size()];
            for (int which = 0; which < rows[at].length; which++) {
                Term term = layer.terms().get(which);
                Needed source = of(term.source());
                rows[at][which] = new Rows(source, elements.length);
                for (int element : elements) {
                    term.map().visitRow(element, rows[at][which]);
                    rows[at][which].end();
                    if (count + source.count > most) {
                        return false;
                    }
                }
            }
            return true;
        }

        Cone cone() {
            int[] layers = IntStream.rangeClosed(0, last).filter(at -> needed[at] != null).toArray();
            int[][] elements = new int[layers.length][];
            int[] places = new int[last + 1];
            for (int at = 0; at < layers.length; at++) {
                places[layers[at]] = at;
                elements[at] = needed[layers[at]].elements;
            }
            LayerGraph.Builder builder = new LayerGraph.Builder(elements[0].length);
            for (int at = 1; at < layers.length; at++) {
                if (whole.layer(layers[at]) instanceof ActivationLayer activation) {
                    List<Univariate> functions = new ArrayList<>();
                    for (int element : elements[at]) {
                        functions.add(activation.function(element));
                    }
                    builder.activation(places[activation.source()], functions);
                } else {
                    add(builder, layers[at], elements[at], places);
                }
            }
            return new Cone(builder.build(), layers, elements);
        }

        private void add(LayerGraph.Builder builder, int at, int[] elements, int... places) {
            AffineLayer layer = (AffineLayer) whole.layer(at);
            List<Term> terms = new ArrayList<>();
            for (int which = 0; which < rows[at].length; which++) {
                if (rows[at][which].count > 0) {
                    terms.add(new Term(places[layer.terms().get(which).source()], rows[at][which].map()));
                }
            }
            double[] bias = new double[elements.length];
            Arrays.setAll(bias, row -> layer.bias()[elements[row]]);
            builder.affine(terms, bias, layer.rounding(), layer.detour() == null ? null : TransformRounding.UNTOLD);
        }
    }

    /** Elements of a layer that are needed. */
    private static final class Needed {
        /** For each element of the layer 1 where it is needed, and later its place plus 1. */
        private final int[] marks;
        private int[] elements = new int[16];
        private int count;

        Needed(int size) {
            marks = new int[size];
        }

        void mark(int element) {
            if (marks[element] == 0) {
                marks[element] = 1;
                if (count == elements.length) {
                    elements = Arrays.copyOf(elements, 2 * count);
                }
                elements[count++] = element;
            }
        }

        void markAll(int... all) {
            for (int element : all) {
                mark(element);
            }
        }

        /** All, ascending; once more after more were marked. */
        int[] number() {
            elements = Arrays.copyOf(elements, count);
            Arrays.sort(elements);
            for (int place = 0; place < count; place++) {
                marks[elements[place]] = place + 1;
            }
            return elements;
        }
    }

    /** Rows of a map, one behind the other, whose columns are marked as needed. */
    private static final class Rows implements LinearMap.RowVisitor {
        private final Needed source;
        private final int[] starts;
        private int row;
        private int[] columns = new int[16];
        private double[] values = new double[16];
        private int count;

        Rows(Needed source, int rows) {
            this.source = source;
            starts = new int[rows + 1];
        }

        @Override
        public void element(int column, double value) {
            source.mark(column);
            if (count == columns.length) {
                columns = Arrays.copyOf(columns, 2 * count);
                values = Arrays.copyOf(values, 2 * count);
            }
            columns[count] = column;
            values[count++] = value;
        }

        void end() {
            starts[++row] = count;
        }

        /** By the places of what is needed. */
        SparseMap map() {
            int[] places = new int[count];
            Arrays.setAll(places, at -> source.marks[columns[at]] - 1);
            return new SparseMap(source.count, starts, places, Arrays.copyOf(values, count));
        }
    }
}
