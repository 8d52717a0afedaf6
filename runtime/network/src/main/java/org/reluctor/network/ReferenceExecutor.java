package org.reluctor.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Computes a recovery network in float64 on plain arrays: the arithmetic specification that every device is measured
 * against. Written to be read, not to be fast. Constants are float32 as the file holds them, widened. Works in the
 * network's own units: {@code inputScale} and {@code outputScale} of the metadata are the caller's. Holds no state
 * between calls and may be shared between threads.
 */
public final class ReferenceExecutor {
    private final RecoveryNetwork network;

    public ReferenceExecutor(RecoveryNetwork network) {
        this.network = network;
    }

    /** As {@link #run(double[], int)}, of measurements as a device takes them; widened, which changes none. */
    public List<double[]> run(float[] y, int batch) {
        double[] wide = new double[y.length];
        Arrays.setAll(wide, at -> y[at]);
        return run(wide, batch);
    }

    /**
     * Computes a batch.
     *
     * @param y     measurements, row-major [batch, elements of the network's input for one frame]
     * @param batch number of frames, at least 1
     * @return for each output of the network, in its order, an array of its own, row-major [batch, …]
     * @throws IllegalArgumentException if {@code y} is not as long as {@code batch} says
     */
    public List<double[]> run(double[] y, int batch) {
        Shape shape = network.input().shape();
        if (batch < 1 || shape.elements(batch) != y.length) {
            throw new IllegalArgumentException(y.length + " measurements for a batch of " + batch
                    + "; the input " + shape + " needs " + shape.elements(1) + " a frame");
        }
        Map<Value, Integer> usesLeft = countUses();
        Map<Value, ReferenceTensor> known = new IdentityHashMap<>();
        known.put(network.input(), new ReferenceTensor(dims(shape, batch), y));
        for (Node node : network.nodes()) {
            List<ReferenceTensor> inputs = new ArrayList<>();
            node.inputs().forEach(input -> inputs.add(tensor(input, known)));
            Call call = new Call(node.operator(), node.inputs(), node.attributes(), node.outputs().size());
            List<ReferenceTensor> results = ReferenceOperators.apply(call, inputs,
                    node.outputs().stream().map(output -> dims(output.shape(), batch)).toList());
            for (int at = 0; at < results.size(); at++) {
                known.put(node.outputs().get(at), results.get(at));
            }
            node.inputs().forEach(input -> release(input, usesLeft, known));
        }
        List<double[]> results = new ArrayList<>();
        network.outputs().forEach(output -> results.add(known.get(output).data().clone()));
        return results;
    }

    private static ReferenceTensor tensor(Value value, Map<Value, ReferenceTensor> known) {
        if (value.integers() != null) {
            return null;
        }
        return value.isConstant() ? ReferenceTensor.of(value) : known.get(value);
    }

    /** How often each value is read; outputs count once more, so that they stay. */
    private Map<Value, Integer> countUses() {
        Map<Value, Integer> uses = new IdentityHashMap<>();
        network.nodes().forEach(node -> node.inputs().forEach(input -> uses.merge(input, 1, Integer::sum)));
        network.outputs().forEach(output -> uses.merge(output, 1, Integer::sum));
        return uses;
    }

    private static void release(Value value, Map<Value, Integer> usesLeft, Map<Value, ReferenceTensor> known) {
        if (usesLeft.merge(value, -1, Integer::sum) == 0) {
            known.remove(value);
        }
    }

    private static int[] dims(Shape shape, int batch) {
        int[] dims = shape.toArray();
        if (shape.hasBatch()) {
            dims[0] = batch;
        }
        return dims;
    }
}
