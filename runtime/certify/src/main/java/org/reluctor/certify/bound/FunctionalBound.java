package org.reluctor.certify.bound;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.reluctor.certify.graph.ActivationLayer;
import org.reluctor.certify.graph.LayerGraph;

/**
 * Upper bounds of linear functions of a layer by backward passes, as good as the effort allows. Cuts come in without a
 * program: at the point where the bound is reached, as the search for slopes knows it, every neuron of which a line is
 * used is asked for a cut, as in FastC2V (Tjandraatmadja et al. 2020). Those that cut the point off stand beside the
 * line, and the search finds each its {@linkplain Mixture share}: put in the line's place altogether, they would only
 * move the point elsewhere. Safe between threads as long as the bounds are not changed.
 */
final class FunctionalBound {
    private static final double LEAST_CUT = 1e-9;
    /** Beyond so many earlier activations, neurons are cut by what directly precedes them, and are not kept. */
    private static final int MOST_COLLAPSED = 4096;

    private final LayerBounds bounds;
    private final Effort effort;
    private final Map<Long, CollapsedNeuron> neurons = new ConcurrentHashMap<>();

    FunctionalBound(LayerBounds bounds, Effort effort) {
        this.bounds = bounds;
        this.effort = effort;
    }

    /** At least the largest objective·u of the layer's values u; once the time is over, by what is there. */
    double upper(int layer, double[] objective, Deadline deadline) {
        BackwardPass pass = new BackwardPass(bounds);
        SlopeSearch search = new SlopeSearch(bounds, pass, layer, objective);
        search.search(new Lines(bounds), effort.slopeSteps(), deadline);
        for (int round = 0; round < effort.cutRounds() && !deadline.over(); round++) {
            Lines lines = search.bestLines().copy();
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
        if (activationsBefore(layer) > MOST_COLLAPSED) {
            return CollapsedNeuron.shallow(bounds, layer, element);
        }
        return neurons.computeIfAbsent((long) layer << 32 | element,
                key -> CollapsedNeuron.of(bounds, layer, element));
    }

    private int activationsBefore(int layer) {
        return bounds.graph().layers().subList(0, layer).stream()
                .mapToInt(each -> each instanceof ActivationLayer ? each.size() : 0).sum();
    }
}
