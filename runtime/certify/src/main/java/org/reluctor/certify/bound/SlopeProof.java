package org.reluctor.certify.bound;

import java.util.Arrays;
import org.reluctor.certify.graph.ActivationLayer;
import org.reluctor.certify.graph.LayerGraph;

/**
 * The multipliers of one backward bound in a form that can be kept: the lower slope of every neuron that may be on both
 * sides of its kink, in steps of 1/255, in the order of layers and neurons. Whoever has the boxes derives the bound
 * again by one pass. Any bytes prove some bound.
 */
public final class SlopeProof {
    private static final int STEPS = 255;

    private final byte[] slopes;

    /** @param slopes one byte a kinked neuron, as {@link #bytes} gave them */
    public SlopeProof(byte[] slopes) {
        this.slopes = slopes.clone();
    }

    /** The nearest to some lines, for functions of a layer. */
    static SlopeProof of(LayerBounds bounds, int layer, Lines lines) {
        byte[] slopes = new byte[count(bounds, layer)];
        int next = 0;
        for (int at = 1; at < layer; at++) {
            if (bounds.graph().layer(at) instanceof ActivationLayer activation) {
                double[] given = lines.relaxation(at).lowerSlope;
                for (int i = 0; i < given.length; i++) {
                    if (bounds.isKinked(activation, i)) {
                        slopes[next++] = (byte) Math.round(STEPS * given[i]);
                    }
                }
            }
        }
        return new SlopeProof(slopes);
    }

    /** How many bytes a proof for functions of a layer has. */
    public static int count(LayerBounds bounds, int layer) {
        LayerGraph graph = bounds.graph();
        int count = 0;
        for (int at = 1; at < layer; at++) {
            if (graph.layer(at) instanceof ActivationLayer activation) {
                for (int i = 0; i < activation.size(); i++) {
                    count += bounds.isKinked(activation, i) ? 1 : 0;
                }
            }
        }
        return count;
    }

    /**
     * At least the largest objective·u of the layer's values, by these slopes.
     *
     * @throws IllegalArgumentException if there are more or fewer bytes than kinked neurons
     */
    public double upper(LayerBounds bounds, int layer, double[] objective) {
        if (slopes.length != count(bounds, layer)) {
            throw new IllegalArgumentException(slopes.length + " slopes; must be " + count(bounds, layer));
        }
        return new BackwardPass(bounds).upper(layer, objective, lines(bounds, layer));
    }

    private Lines lines(LayerBounds bounds, int layer) {
        Lines lines = new Lines(bounds);
        int next = 0;
        for (int at = 1; at < layer; at++) {
            if (bounds.graph().layer(at) instanceof ActivationLayer activation) {
                for (int i = 0; i < activation.size(); i++) {
                    if (bounds.isKinked(activation, i)) {
                        lines.editable(at).setLower(i, (slopes[next++] & 0xff) / (double) STEPS);
                    }
                }
            }
        }
        return lines;
    }

    /** One byte a kinked neuron. */
    public byte[] bytes() {
        return slopes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SlopeProof proof && Arrays.equals(slopes, proof.slopes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(slopes);
    }
}
