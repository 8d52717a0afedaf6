package org.reluctor.certify.bound;

import org.reluctor.certify.graph.ActivationLayer;
import org.reluctor.certify.graph.LayerGraph;

/**
 * A neuron and the value of its pre-activation on whose two sides a region is best treated apart.
 *
 * @param layer  of the pre-activation
 * @param neuron element there
 * @param point  strictly within its bounds
 */
record Split(int layer, int neuron, double point) {
    /** The neuron whose line, of the two, adds most to the bound that a pass came to; null where all are linear. */
    static Split worst(LayerBounds bounds, BackwardPass pass, Lines lines) {
        LayerGraph graph = bounds.graph();
        Split worst = null;
        double most = -1;
        for (int at = 1; at < graph.size(); at++) {
            if (!(graph.layer(at) instanceof ActivationLayer layer)) {
                continue;
            }
            double[] lambda = pass.coefficients(at);
            for (int i = 0; i < layer.size(); i++) {
                double point = bounds.splitPoint(layer, i);
                double share = Double.isNaN(point) || lambda == null ? 0
                        : share(bounds, layer, i, lambda[i], lines.relaxation(at));
                if (!Double.isNaN(point) && share > most) {
                    most = share;
                    worst = new Split(layer.source(), i, point);
                }
            }
        }
        return worst;
    }

    /** |λ| times how far the line that the pass used lies from the function, at its worst. */
    private static double share(LayerBounds bounds, ActivationLayer layer, int i, double lambda,
            Relaxation relaxation) {
        double low = bounds.box(layer.source()).low()[i];
        double high = bounds.box(layer.source()).high()[i];
        if (bounds.isKinked(layer, i) && lambda < 0) {
            // What either slope, 0 or 1, would leave open: the searched one may lie anywhere between.
            return -lambda * Math.min(high, -low);
        }
        if (lambda > 0) {
            return lambda * (relaxation.upperIntercept[i]
                    - layer.function(i).leastOver(relaxation.upperSlope[i], low, high));
        }
        return -lambda * (layer.function(i).mostOver(relaxation.lowerSlope[i], low, high)
                - relaxation.lowerIntercept[i]);
    }
}
