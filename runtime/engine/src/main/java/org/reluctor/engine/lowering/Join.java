package org.reluctor.engine.lowering;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.reluctor.network.Movement;
import org.reluctor.network.Value;
import org.reluctor.opencl.operation.Access;

/**
 * Collects one operand whose features come from several values, as those of a Concat do: each is read once, and moved
 * without arithmetic, so that a −0 stays one.
 */
final class Join {
    private final StepGraph graph;
    private final int[] parts;
    private final int[] places;
    private final Map<Tensor, Integer> tensors = new IdentityHashMap<>();
    private final List<Tensor> order = new ArrayList<>();
    /** The first is the zero of what lies nowhere. */
    private float[] constants = {0};

    Join(StepGraph graph, int features) {
        this.graph = graph;
        this.parts = new int[features];
        this.places = new int[features];
        Arrays.fill(parts, Operand.CONSTANT);
    }

    /** Puts element {@code i} of a computed value at the feature {@code features[i]}. */
    void add(Value value, int[] features) {
        View view = graph.view(value);
        int part = part(view);
        for (int element = 0; element < features.length; element++) {
            put(features[element], part, view.place(element));
        }
    }

    /** Puts at every feature the element of a computed value that {@code sources} names, or a number. */
    void fill(Value value, int[] sources, float elsewhere) {
        constants = new float[] {0, elsewhere};
        View view = graph.view(value);
        int part = part(view);
        for (int feature = 0; feature < sources.length; feature++) {
            if (sources[feature] == Movement.NOWHERE) {
                places[feature] = 1;
            } else {
                put(feature, part, view.place(sources[feature]));
            }
        }
    }

    private void put(int feature, int part, int place) {
        boolean nowhere = place == Movement.NOWHERE;
        parts[feature] = nowhere ? Operand.CONSTANT : part;
        places[feature] = nowhere ? 0 : place;
    }

    private int part(View view) {
        return tensors.computeIfAbsent(graph.stored(view.root()), tensor -> {
            order.add(tensor);
            return order.size() - 1;
        });
    }

    Operand operand() {
        return new Operand(Access.JOINED, List.copyOf(order), constants, places, parts);
    }
}
