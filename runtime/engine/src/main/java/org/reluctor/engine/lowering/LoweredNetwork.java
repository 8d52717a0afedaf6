package org.reluctor.engine.lowering;

import java.util.List;

/**
 * A network as steps.
 *
 * @param input   the measurements
 * @param outputs in the network's order
 * @param steps   in an order in which every tensor is computed before it is read
 * @param slots   elements a frame of each buffer that tensors share
 */
public record LoweredNetwork(Tensor input, List<Tensor> outputs, List<Step> steps, List<Integer> slots) {
    public LoweredNetwork {
        outputs = List.copyOf(outputs);
        steps = List.copyOf(steps);
        slots = List.copyOf(slots);
    }
}
