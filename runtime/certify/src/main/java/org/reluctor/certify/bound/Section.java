package org.reluctor.certify.bound;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.reluctor.certify.graph.AffineLayer;
import org.reluctor.certify.graph.AffineLayer.Term;
import org.reluctor.certify.graph.DenseMap;
import org.reluctor.certify.graph.LayerGraph;

/**
 * An affine layer as a function of activations and inputs alone: what lies between is multiplied out once, so that
 * sums that cancel do so before any absolute value is taken. What its layers round is kept apart, with the factor by
 * which each rounding reaches the end.
 *
 * @param terms    maps of activations and of the input
 * @param constant what is added
 * @param passages the affine layers within, the last one included
 */
record Section(List<Term> terms, double[] constant, List<Passage> passages) {
    /**
     * How a layer's values reach the end of the section.
     *
     * @param layer   within it
     * @param factors λ, [size of the end, size of the layer]; null for the end itself, and for what is no affine layer
     * @param partial sums of |λ| on the way to it, each of which was rounded; null where there were none
     * @param isEnd   whether it is the end
     */
    record Passage(int layer, DenseMap factors, DenseMap partial, boolean isEnd) {
    }

    /** One layer alone, its maps as they are. */
    static Section alone(LayerGraph graph, int layer) {
        AffineLayer affine = (AffineLayer) graph.layer(layer);
        return new Section(affine.terms(), affine.bias(), List.of(new Passage(layer, null, null, true)));
    }

    /** All affine layers behind activations and input, multiplied out. */
    static Section collapsed(LayerGraph graph, int layer) {
        int size = graph.layer(layer).size();
        Row[] rows = IntStream.range(0, size).parallel().mapToObj(row -> new Row(graph, layer, row))
                .toArray(Row[]::new);
        List<Term> terms = new ArrayList<>();
        List<Passage> passages = new ArrayList<>();
        for (int at = 0; at <= layer; at++) {
            int place = at;
            if (Arrays.stream(rows).allMatch(row -> row.coefficients[place] == null)) {
                continue;
            }
            DenseMap map = stacked(graph, at, Arrays.stream(rows).map(row -> row.coefficients[place]).toList());
            boolean affine = graph.layer(at) instanceof AffineLayer;
            boolean several = Arrays.stream(rows).anyMatch(row -> row.partial.containsKey(place));
            DenseMap partial = several ? stacked(graph, at,
                    Arrays.stream(rows).map(row -> row.partial.get(place)).toList()) : null;
            if (affine || several) {
                passages.add(new Passage(at, affine && at < layer ? map : null, partial, at == layer));
            }
            if (!affine) {
                terms.add(new Term(at, map));
            }
        }
        return new Section(terms, Arrays.stream(rows).mapToDouble(row -> row.constant).toArray(), passages);
    }

    private static DenseMap stacked(LayerGraph graph, int layer, List<double[]> rows) {
        int columns = graph.layer(layer).size();
        double[] elements = new double[rows.size() * columns];
        for (int row = 0; row < rows.size(); row++) {
            if (rows.get(row) != null) {
                System.arraycopy(rows.get(row), 0, elements, row * columns, columns);
            }
        }
        return new DenseMap(rows.size(), columns, elements);
    }

    /** Most operations in the sum of one element. */
    int longestRow() {
        return 2 + terms.stream().mapToInt(term -> term.map().longestRow() + 1).sum();
    }

    /** One element of the end, carried back to activations and input. */
    private static final class Row {
        private final double[][] coefficients;
        private final Map<Integer, double[]> partial = new TreeMap<>();
        private double constant;

        Row(LayerGraph graph, int layer, int element) {
            coefficients = new double[layer + 1][];
            coefficients[layer] = new double[graph.layer(layer).size()];
            coefficients[layer][element] = 1;
            for (int at = layer; at > 0; at--) {
                if (coefficients[at] != null && graph.layer(at) instanceof AffineLayer affine) {
                    through(graph, affine, coefficients[at]);
                }
            }
        }

        private void through(LayerGraph graph, AffineLayer affine, double[] lambda) {
            for (int at = 0; at < lambda.length; at++) {
                constant += lambda[at] * affine.bias()[at];
            }
            for (Term term : affine.terms()) {
                int source = term.source();
                if (coefficients[source] == null) {
                    coefficients[source] = new double[graph.layer(source).size()];
                } else {
                    double[] held = coefficients[source];
                    double[] sums = partial.computeIfAbsent(source, key -> new double[held.length]);
                    Arrays.setAll(sums, at -> sums[at] + Math.abs(held[at]));
                }
                term.map().addTransposed(lambda, coefficients[source]);
            }
        }
    }
}
