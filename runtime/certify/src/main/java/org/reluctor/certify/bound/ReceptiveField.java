package org.reluctor.certify.bound;

import java.util.Optional;
import org.reluctor.certify.graph.ActivationLayer;
import org.reluctor.certify.graph.Cone;
import org.reluctor.certify.graph.LayerGraph;

/**
 * One element of a layer with the bounds of all that it depends on: those of its {@linkplain Cone cone} where that is
 * much less than all, or else of the whole graph. Linear functions of it are bounded alike by both.
 *
 * @param bounds  to work with
 * @param layer   the element's, in their graph
 * @param element its place there
 * @param cone    that graph; null where it is the whole one
 */
record ReceptiveField(LayerBounds bounds, int layer, int element, Cone cone) {
    /** Of the elements of all layers before it, the part above which the whole graph costs about as much. */
    private static final double WORTH_IT = 0.5;

    /** So many elements less save more than the cone's own making costs. */
    private static final int LEAST_SAVED = 1024;

    /** The cone of an element; nothing where it is not worth it. */
    static Optional<Cone> cone(LayerGraph graph, int layer, int element) {
        long before = 0;
        for (int at = 0; at < layer; at++) {
            before += graph.layer(at).size();
        }
        if (before <= LEAST_SAVED) {
            return Optional.empty();
        }
        return Cone.within(graph, Math.min((long) (WORTH_IT * before), before - LEAST_SAVED), layer, element);
    }

    /** By its cone if that is worth it. */
    static ReceptiveField of(LayerBounds bounds, int layer, int element) {
        return cone(bounds.graph(), layer, element)
                .map(cone -> new ReceptiveField(bounds.of(cone), cone.graph().size() - 1, 0, cone))
                .orElseGet(() -> whole(bounds, layer, element));
    }

    /** By the whole graph. */
    static ReceptiveField whole(LayerBounds bounds, int layer, int element) {
        return new ReceptiveField(bounds, layer, element, null);
    }

    /** A layer of these bounds, as the whole graph counts. */
    int layerInWhole(int at) {
        return cone == null ? at : cone.layer(at);
    }

    /** An element of a layer of these bounds, likewise. */
    int placeInWhole(int at, int place) {
        return cone == null ? place : cone.elements(at)[place];
    }

    /** Elements of all activations before. */
    int activations() {
        int count = 0;
        for (int at = 0; at < layer; at++) {
            count += bounds.graph().layer(at) instanceof ActivationLayer activation ? activation.size() : 0;
        }
        return count;
    }

    /** The element times a number, as a function of its layer. */
    double[] times(double factor) {
        double[] objective = new double[bounds.graph().layer(layer).size()];
        objective[element] = factor;
        return objective;
    }
}
