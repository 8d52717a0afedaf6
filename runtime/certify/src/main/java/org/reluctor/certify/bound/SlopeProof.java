package org.reluctor.certify.bound;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.reluctor.certify.graph.ActivationLayer;
import org.reluctor.certify.graph.LayerGraph;

/**
 * The multipliers of one backward bound in a form that can be kept: one slope for every neuron that may be on both
 * sides of a kink, in steps of 1/65535, big-endian, in the order of layers and neurons: that of the line above or
 * below, whichever the pass uses. Who has the boxes derives the bound again by one pass. Any bytes prove some bound.
 */
public final class SlopeProof {
    private static final int STEPS = 65535;

    private final byte[] slopes;

    /** @param slopes two bytes a neuron, as {@link #bytes} gave them */
    public SlopeProof(byte[] slopes) {
        this.slopes = slopes.clone();
    }

    /** The nearest to the lines with which a function of a layer was bounded. */
    static SlopeProof of(LayerBounds bounds, int layer, double[] objective, Lines lines) {
        BackwardPass pass = new BackwardPass(bounds);
        pass.upper(layer, objective, lines);
        ByteBuffer slopes = ByteBuffer.allocate(count(bounds, layer));
        for (int at = 1; at < layer; at++) {
            if (bounds.graph().layer(at) instanceof ActivationLayer activation) {
                double[] lambda = pass.coefficients(at);
                Relaxation relaxation = lines.relaxation(at);
                for (int i = 0; i < activation.size(); i++) {
                    if (bounds.isOpen(activation, i)) {
                        boolean above = lambda != null && lambda[i] > 0 && !bounds.isKinked(activation, i);
                        slopes.putShort((short) Math.round(STEPS
                                * (above ? relaxation.upperSlope[i] : relaxation.lowerSlope[i])));
                    }
                }
            }
        }
        return new SlopeProof(slopes.array());
    }

    /** How many bytes a proof for functions of a layer has. */
    public static int count(LayerBounds bounds, int layer) {
        LayerGraph graph = bounds.graph();
        int count = 0;
        for (int at = 1; at < layer; at++) {
            if (graph.layer(at) instanceof ActivationLayer activation) {
                for (int i = 0; i < activation.size(); i++) {
                    count += bounds.isOpen(activation, i) ? Short.BYTES : 0;
                }
            }
        }
        return count;
    }

    /**
     * At least the largest objective·u of the layer's values, by these slopes.
     *
     * @throws IllegalArgumentException if there are more or fewer bytes than such neurons
     */
    public double upper(LayerBounds bounds, int layer, double[] objective) {
        if (slopes.length != count(bounds, layer)) {
            throw new IllegalArgumentException(slopes.length + " slopes; must be " + count(bounds, layer));
        }
        return new BackwardPass(bounds).upper(layer, objective, lines(bounds, layer));
    }

    private Lines lines(LayerBounds bounds, int layer) {
        Lines lines = new Lines(bounds);
        ByteBuffer next = ByteBuffer.wrap(slopes);
        for (int at = 1; at < layer; at++) {
            if (bounds.graph().layer(at) instanceof ActivationLayer activation) {
                for (int i = 0; i < activation.size(); i++) {
                    if (bounds.isOpen(activation, i)) {
                        set(lines.editable(at), i, Short.toUnsignedInt(next.getShort()) / (double) STEPS,
                                !bounds.isKinked(activation, i));
                    }
                }
            }
        }
        return lines;
    }

    private static void set(Relaxation relaxation, int neuron, double slope, boolean both) {
        relaxation.setLower(neuron, slope);
        if (both) {
            relaxation.setUpper(neuron, slope);
        }
    }

    /** Two bytes a neuron. */
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
