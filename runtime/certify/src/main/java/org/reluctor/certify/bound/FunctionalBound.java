package org.reluctor.certify.bound;

import java.util.Map;
import org.reluctor.certify.graph.ActivationLayer;
import org.reluctor.certify.graph.LayerGraph;

/**
 * Upper bounds of an element of a layer by backward passes, as good as the effort allows. Cuts come in without a
 * program: at the point where the bound is reached, as the search for slopes knows it, every neuron of which a line is
 * used is asked for a cut, as in FastC2V (Tjandraatmadja et al. 2020). Those that cut the point off stand beside the
 * line, and the search finds each its {@linkplain Mixture share}: put in the line's place altogether, they would only
 * move the point elsewhere. Safe between threads as long as the bounds are not changed.
 */
final class FunctionalBound {
    private static final double LEAST_CUT = 1e-9;
    /** Neurons of more inputs are made anew when they are asked for again. */
    private static final int MOST_KEPT = 1024;

    private final LayerBounds bounds;
    private final ReceptiveField field;
    private final Effort effort;
    private final Map<Long, CollapsedNeuron> neurons;

    /** @param neurons of the same bounds, by layer and element: what is needed is added; others may do so, too */
    FunctionalBound(ReceptiveField field, Effort effort, Map<Long, CollapsedNeuron> neurons) {
        bounds = field.bounds();
        this.field = field;
        this.effort = effort;
        this.neurons = neurons;
    }

    /** At least the largest value of the element times a factor; once the time is over, by what is there. */
    double upper(double factor, Deadline deadline) {
        int layer = field.layer();
        double[] objective = field.times(factor);
        BackwardPass pass = new BackwardPass(bounds);
        SlopeSearch search = new SlopeSearch(bounds, pass, layer, objective);
        search.search(new Lines(bounds), effort.slopeSteps(), deadline);
        for (int round = 0; round < effort.cutRounds() && !deadline.over(); round++) {
            Lines lines = search.bestLines().used();
            pass.upper(layer, objective, lines);
            double[][] point = search.average().orElseGet(() -> ForwardPass.values(bounds, pass, lines, layer));
            if (addCuts(layer, pass, point, lines) == 0) {
                break;
            }
            search.search(lines, effort.slopeSteps(), deadline);
        }
        return search.best();
    }

    private int addCuts(int layer, BackwardPass pass, double[][] values, Lines lines) {
        LayerGraph graph = bounds.graph();
        int added = 0;
        for (int at = 1; at < layer; at++) {
            double[] lambda = pass.coefficients(at);
            if (lambda != null && graph.layer(at) instanceof ActivationLayer activation) {
                added += addCuts(at, activation, lambda, values, lines);
            }
        }
        return added;
    }

    private int addCuts(int at, ActivationLayer activation, double[] lambda, double[][] values, Lines lines) {
        int added = 0;
        for (int i = 0; i < lambda.length; i++) {
            boolean above = lambda[i] > 0;
            if (lambda[i] == 0 || !bounds.canBeCut(activation, i, above)) {
                continue;
            }
            GraphCut cut = neuron(activation.source(), i).cut(activation.function(i), above, values);
            double ahead = values[at][i] - cut.at(values);
            if ((above ? ahead : -ahead) > LEAST_CUT) {
                lines.add(at, i, above, cut);
                added++;
            }
        }
        return added;
    }

    private CollapsedNeuron neuron(int layer, int element) {
        long key = (long) layer << 32 | element;
        CollapsedNeuron known = neurons.get(key);
        if (known == null) {
            known = CollapsedNeuron.of(bounds, layer, element, CollapsedNeuron.MOST_COLLAPSED);
            if (known.size() <= MOST_KEPT) {
                neurons.put(key, known);
            }
        }
        return known;
    }
}
