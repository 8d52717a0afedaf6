package org.reluctor.learn.gradient;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.reluctor.network.Node;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.network.Shape;
import org.reluctor.network.Value;

/** Records a recovery network on a tape, for one batch size, with some of its initializers as variables. */
public final class NetworkTape {
    private final Tape tape;
    private final int batch;
    private final Set<String> trainable;
    private final Map<Value, Tensor> known = new IdentityHashMap<>();
    private final Map<String, Tensor> variables = new LinkedHashMap<>();
    private final Set<String> substituted = new TreeSet<>();

    /**
     * @param tape      to record on
     * @param batch     frames
     * @param trainable names of float32 initializers
     */
    public NetworkTape(Tape tape, int batch, Set<String> trainable) {
        this.tape = tape;
        this.batch = batch;
        this.trainable = Set.copyOf(trainable);
    }

    /** What stands for an initializer instead of its own numbers, wherever the network uses it. */
    public void substitute(Value initializer, Tensor tensor) {
        known.put(initializer, tensor);
        substituted.add(initializer.name());
    }

    /**
     * Records all of a network.
     *
     * @param y the measurements, as many elements as the input has
     * @return its outputs, in order
     * @throws IllegalArgumentException if the network lacks a trainable initializer or uses what has no derivative
     */
    public List<Tensor> record(RecoveryNetwork network, Tensor y) {
        known.put(network.input(), y.as(dims(network.input())));
        OperatorTape operators = new OperatorTape(tape);
        for (Node node : network.nodes()) {
            List<Tensor> inputs = new ArrayList<>();
            node.inputs().stream().filter(input -> input.integers() == null).map(this::tensor).forEach(inputs::add);
            List<Tensor> results = operators.record(node, inputs, node.outputs().stream().map(this::dims).toList());
            for (int at = 0; at < results.size(); at++) {
                known.put(node.outputs().get(at), results.get(at));
            }
        }
        Set<String> missing = new TreeSet<>(trainable);
        missing.removeAll(variables.keySet());
        missing.removeAll(substituted);
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("the network uses no initializer " + String.join(", ", missing));
        }
        return network.outputs().stream().map(known::get).toList();
    }

    /** The trainable initializers by name, in the order in which the network uses them. */
    public Map<String, Tensor> variables() {
        return variables;
    }

    private Tensor tensor(Value value) {
        return known.computeIfAbsent(value, this::constant);
    }

    private Tensor constant(Value value) {
        if (trainable.contains(value.name())) {
            Tensor variable = tape.variable(dims(value));
            variables.put(value.name(), variable);
            return variable;
        }
        float[] floats = value.floats();
        double[] data = new double[floats.length];
        for (int at = 0; at < data.length; at++) {
            data[at] = floats[at];
        }
        return tape.constant(data, dims(value));
    }

    private int[] dims(Value value) {
        int[] dims = value.shape().toArray();
        if (dims.length > 0 && dims[0] == Shape.BATCH) {
            dims[0] = batch;
        }
        return dims;
    }
}
