package org.reluctor.certify.vnnlib;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.reluctor.certify.envelope.PiecewiseLinear;
import org.reluctor.certify.graph.AffineLayer.Term;
import org.reluctor.certify.graph.Float32Rounding;
import org.reluctor.certify.graph.LayerGraph;
import org.reluctor.certify.graph.NetworkImport;
import org.reluctor.certify.graph.SparseMap;
import org.reluctor.network.RecoveryNetwork;

/**
 * A network with one number behind it: the least by which a case's conditions are fulfilled. The case has an input
 * where that number can be 0 or more. The minimum of two is a - Relu(a - b); the slope of the line below that ReLU is
 * the weight of b among both, so that searching slopes weighs the conditions against each other.
 */
final class CaseGraph {
    private final LayerGraph network;
    private final int output;

    /**
     * Imports the network, in its own units.
     *
     * @throws org.reluctor.certify.graph.RefusedNetworkException if it cannot be
     */
    CaseGraph(RecoveryNetwork recovery) {
        LayerGraph.Builder builder = new LayerGraph.Builder(
                Math.toIntExact(recovery.input().shape().frameElements()));
        output = new NetworkImport(recovery).append(builder, 0).get(0);
        network = builder.build();
    }

    /** The graph of a case with at least one condition; its last layer has the number in question. */
    LayerGraph of(PropertyCase asked) {
        LayerGraph.Builder builder = new LayerGraph.Builder(network);
        int margins = margins(builder, asked.conditions());
        while (builder.size(margins) > 1) {
            margins = lesser(builder, margins);
        }
        return builder.build();
    }

    /** By how much each condition is fulfilled. */
    private int margins(LayerGraph.Builder builder, List<LinearForm> conditions) {
        double[] bias = conditions.stream().mapToDouble(form -> -form.constant()).toArray();
        List<Term> terms = new ArrayList<>();
        terms.add(new Term(output, map(builder.size(output), conditions.stream().map(LinearForm::outputs).toList())));
        if (conditions.stream().anyMatch(form -> !form.inputs().isEmpty())) {
            terms.add(new Term(0, map(builder.size(0), conditions.stream().map(LinearForm::inputs).toList())));
        }
        return builder.affine(terms, bias, Float32Rounding.EXACT);
    }

    private static SparseMap map(int columns, List<Map<Integer, Double>> rows) {
        int[] starts = new int[rows.size() + 1];
        List<Integer> places = new ArrayList<>();
        List<Double> elements = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
            rows.get(row).forEach((place, value) -> {
                places.add(place);
                elements.add(-value);
            });
            starts[row + 1] = places.size();
        }
        return new SparseMap(columns, starts, places.stream().mapToInt(Integer::intValue).toArray(),
                elements.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** The lesser of each pair; one without a partner stays. */
    private static int lesser(LayerGraph.Builder builder, int layer) {
        int size = builder.size(layer);
        int pairs = size / 2;
        int[] first = new int[size - pairs];
        int[] second = new int[pairs];
        int[] stays = new int[size - pairs];
        Arrays.fill(stays, -1);
        for (int at = 0; at < first.length; at++) {
            first[at] = Math.min(2 * at, size - 1);
            if (at < pairs) {
                second[at] = 2 * at + 1;
                stays[at] = at;
            }
        }
        int ahead = builder.affine(List.of(new Term(layer, SparseMap.selection(size, Arrays.copyOf(first, pairs))),
                new Term(layer, negative(size, second))), new double[pairs], Float32Rounding.EXACT);
        int above = builder.activation(ahead, PiecewiseLinear.RELU);
        return builder.affine(List.of(new Term(layer, SparseMap.selection(size, first)),
                new Term(above, negative(pairs, stays))), new double[first.length], Float32Rounding.EXACT);
    }

    /** -1 at each place; nothing where it is negative. */
    private static SparseMap negative(int columns, int[] sources) {
        int[] starts = new int[sources.length + 1];
        for (int row = 0; row < sources.length; row++) {
            starts[row + 1] = starts[row] + (sources[row] < 0 ? 0 : 1);
        }
        int[] places = Arrays.stream(sources).filter(place -> place >= 0).toArray();
        double[] elements = new double[places.length];
        Arrays.fill(elements, -1);
        return new SparseMap(columns, starts, places, elements);
    }
}
