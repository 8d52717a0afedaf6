package org.reluctor.certify.graph;

import java.util.List;
import org.reluctor.certify.envelope.Univariate;

/**
 * A function of each element of an earlier layer.
 *
 * @param source    index of that layer
 * @param functions one an element
 */
public record ActivationLayer(int source, List<Univariate> functions) implements Layer {
    public ActivationLayer {
        functions = List.copyOf(functions);
    }

    @Override
    public int size() {
        return functions.size();
    }

    /** The function of one element. */
    public Univariate function(int element) {
        return functions.get(element);
    }
}
