package org.reluctor.certify.graph;

/** The derivative of a function of one layer by the input, carried backwards through the layers. */
public final class Derivative {
    private static final double DIFFERENCE = 0x1p-20;

    private Derivative() {
    }

    /**
     * The derivative of objective·u by the input, u being a layer's values. At a kink it is a mean of both sides.
     *
     * @param values of all layers, as {@link LayerGraph#evaluate} gives them
     */
    public static double[] byInput(LayerGraph graph, double[][] values, int layer, double[] objective) {
        double[][] slopes = new double[layer + 1][];
        for (int at = 0; at <= layer; at++) {
            slopes[at] = new double[graph.layer(at).size()];
        }
        slopes[layer] = objective.clone();
        for (int at = layer; at > 0; at--) {
            double[] slope = slopes[at];
            if (graph.layer(at) instanceof AffineLayer affine) {
                affine.terms().forEach(term -> term.map().addTransposed(slope, slopes[term.source()]));
            } else if (graph.layer(at) instanceof ActivationLayer activation) {
                throughActivation(activation, values[activation.source()], slope, slopes[activation.source()]);
            }
        }
        return slopes[0];
    }

    private static void throughActivation(ActivationLayer layer, double[] z, double[] slope, double[] target) {
        for (int i = 0; i < z.length; i++) {
            if (slope[i] != 0) {
                double ahead = DIFFERENCE * (1 + Math.abs(z[i]));
                double rise = layer.function(i).value(z[i] + ahead) - layer.function(i).value(z[i] - ahead);
                target[i] += slope[i] * rise / (2 * ahead);
            }
        }
    }
}
