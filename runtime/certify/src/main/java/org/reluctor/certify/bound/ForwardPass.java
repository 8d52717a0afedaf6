package org.reluctor.certify.bound;

import org.reluctor.certify.graph.ActivationLayer;
import org.reluctor.certify.graph.AffineLayer;
import org.reluctor.certify.graph.Layer;

/**
 * The point at which a backward pass's bound is reached: its corner of the input box, carried forward through the same
 * lines and cuts. Where it differs from the network, the relaxation can be improved.
 */
final class ForwardPass {
    private ForwardPass() {
    }

    /** Values of all layers up to the given one; those that the pass does not use stay null. */
    static double[][] values(LayerBounds bounds, BackwardPass pass, Lines lines, int last) {
        double[][] values = new double[last + 1][];
        values[0] = pass.corner();
        for (int at = 1; at <= last; at++) {
            Layer layer = bounds.graph().layer(at);
            if (layer instanceof AffineLayer affine) {
                values[at] = affine.bias().clone();
                for (AffineLayer.Term term : affine.terms()) {
                    term.map().addProduct(values[term.source()], values[at]);
                }
            } else {
                values[at] = activation(at, (ActivationLayer) layer, pass.coefficients(at), lines, values);
            }
        }
        return values;
    }

    private static double[] activation(int at, ActivationLayer layer, double[] lambda, Lines lines,
            double[][] values) {
        double[] source = values[layer.source()];
        double[] result = new double[layer.size()];
        Relaxation relaxation = lines.relaxation(at);
        for (int i = 0; i < result.length; i++) {
            double factor = lambda == null ? 0 : lambda[i];
            if (factor == 0) {
                result[i] = layer.function(i).value(source[i]);
                continue;
            }
            double line = relaxation.at(i, factor > 0, source[i]);
            Mixture mixture = lines.cuts(at, i, factor > 0);
            result[i] = mixture == null ? line : mixture.at(values, line);
        }
        return result;
    }
}
