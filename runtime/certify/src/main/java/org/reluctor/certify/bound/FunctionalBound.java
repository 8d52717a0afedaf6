package org.reluctor.certify.bound;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.reluctor.certify.graph.ActivationLayer;
import org.reluctor.certify.graph.LayerGraph;

/**
 * Upper bounds of linear functions of a layer by backward passes, as good as the effort allows. Cuts are swapped in as
 * Tjandraatmadja et al. 2020 (FastC2V) do it: at the point where the bound is reached every neuron of which a line
 * is used is asked for a cut; those that cut the point off take the line's place, and what is better stays. Safe
 * between threads as long as the bounds are not changed.
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

    /** At least the largest objective·u of the layer's values u. */
    double upper(int layer, double[] objective) {
        return best(layer, objective).best();
    }

    /** The same with the lines that prove it. */
    SlopeSearch best(int layer, double[] objective) {
        BackwardPass pass = new BackwardPass(bounds);
        SlopeSearch search = new SlopeSearch(bounds, pass, layer, objective);
        search.search(new Lines(bounds), effort.slopeSteps());
        for (int round = 0; round < effort.cutRounds(); round++) {
            Lines lines = search.bestLines().copy();
            double before = search.best();
            pass.upper(layer, objective, lines);
            if (addCuts(layer, pass, lines) == 0) {
                break;
            }
            search.search(lines, effort.slopeSteps() / 2);
            if (search.best() >= before) {
                break;
            }
        }
        return search;
    }

    private int addCuts(int layer, BackwardPass pass, Lines lines) {
        double[][] values = ForwardPass.values(bounds, pass, lines, layer);
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
                lines.put(at, i, above, cut);
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
