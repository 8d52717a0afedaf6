package org.reluctor.certify.bound;

import java.util.HashMap;
import java.util.Map;
import org.reluctor.certify.graph.ActivationLayer;
import org.reluctor.certify.interval.Box;

/** Which lines and cuts a backward pass uses in place of activations. Not safe between threads once it is changed. */
final class Lines {
    private final LayerBounds bounds;
    private final Map<Integer, Relaxation> own = new HashMap<>();
    private final Map<Long, Mixture> cuts = new HashMap<>();

    /** The lines that the boxes alone suggest. */
    Lines(LayerBounds bounds) {
        this.bounds = bounds;
    }

    /**
     * Before a layer, below whatever is kinked on its interval, the line that rises most where the interval reaches so
     * many times as far above the last kink as below, and elsewhere the one that rises least: a ReLU's are z and 0, and
     * ratio 1 makes the area between its lines least; what functions of many layers need is a little more.
     *
     * @param ratio positive; infinite for the flattest lines everywhere
     */
    static Lines steepFrom(double ratio, LayerBounds bounds, int layer) {
        Lines lines = new Lines(bounds);
        for (int at = 1; at < layer; at++) {
            if (bounds.graph().layer(at) instanceof ActivationLayer activation) {
                Relaxation relaxation = lines.editable(at);
                Box box = bounds.box(activation.source());
                for (int i = 0; i < activation.size(); i++) {
                    if (bounds.isOpen(activation, i)) {
                        double[] kinks = activation.function(i).kinks();
                        double kink = kinks[kinks.length - 1];
                        boolean isSteep = box.high()[i] - kink > ratio * (kink - box.low()[i]);
                        relaxation.setLower(i, relaxation.slopes(i, false)[isSteep ? 1 : 0]);
                    }
                }
            }
        }
        return lines;
    }

    Relaxation relaxation(int layer) {
        Relaxation mine = own.get(layer);
        return mine != null ? mine : bounds.relaxation(layer);
    }

    /** The lines of a layer, for changes to them. */
    Relaxation editable(int layer) {
        return own.computeIfAbsent(layer, at -> bounds.relaxation(at).copy());
    }

    /** The cuts beside the line above, or below, or null. */
    Mixture cuts(int layer, int neuron, boolean above) {
        return cuts.isEmpty() ? null : cuts.get(key(layer, neuron, above));
    }

    /** One more cut, without a share yet. */
    void add(int layer, int neuron, boolean above, GraphCut cut) {
        cuts.computeIfAbsent(key(layer, neuron, above), at -> new Mixture()).add(cut);
    }

    /** A copy of lines and cuts as they are now. */
    Lines copy() {
        Lines copy = new Lines(bounds);
        own.forEach((layer, relaxation) -> copy.own.put(layer, relaxation.copy()));
        cuts.forEach((key, mixture) -> copy.cuts.put(key, mixture.copy()));
        return copy;
    }

    /** The same without the cuts that have no share. */
    Lines used() {
        Lines used = copy();
        used.cuts.replaceAll((key, mixture) -> mixture.used());
        used.cuts.values().removeIf(mixture -> mixture.size() == 0);
        return used;
    }

    private static long key(int layer, int neuron, boolean above) {
        return (long) layer << 32 | (long) neuron << 1 | (above ? 1 : 0);
    }
}
