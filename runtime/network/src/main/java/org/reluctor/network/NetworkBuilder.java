package org.reluctor.network;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Puts a {@link RecoveryNetwork} together in a program, with the same shape inference and the same checks as a file
 * goes through. Nodes of constants only become constants at once. Nodes that no output needs are left out. Not safe
 * between threads.
 *
 * <p>Every method that adds a node throws {@link IllegalArgumentException} where shapes or names do not fit.
 */
public final class NetworkBuilder {
    private final String name;
    private final GraphAssembly graph = new GraphAssembly(false);
    private final List<Value> outputs = new ArrayList<>();
    private final Map<Value, Value> renamed = new IdentityHashMap<>();
    private Value input;
    private NetworkMetadata metadata;
    private MeasurementMatrix matrix;

    /** Starts an empty network; the name is for messages and tables. */
    public NetworkBuilder(String name) {
        this.name = name;
    }

    /**
     * Starts from an existing network, with its nodes, outputs, metadata and Φ. Its values may be used as inputs of
     * further nodes; further outputs follow those that it has.
     */
    public static NetworkBuilder from(RecoveryNetwork network) {
        NetworkBuilder builder = new NetworkBuilder(network.name());
        builder.input = builder.graph.add(network.input());
        network.nodes().forEach(builder.graph::adopt);
        builder.outputs.addAll(network.outputs());
        builder.metadata = network.metadata();
        builder.matrix = network.matrix().orElse(null);
        return builder;
    }

    /** The only input: one frame's dimensions, before which the batch is put. */
    public Value input(String valueName, int... dimsWithoutBatch) {
        if (input != null) {
            throw new IllegalArgumentException("the network has its input already: " + input);
        }
        int[] dims = new int[dimsWithoutBatch.length + 1];
        dims[0] = Shape.BATCH;
        System.arraycopy(dimsWithoutBatch, 0, dims, 1, dimsWithoutBatch.length);
        input = graph.add(Value.computed(valueName, Shape.of(dims)));
        return input;
    }

    /** A float32 constant, row-major; no dimensions make a scalar. The array is shared, not copied. */
    public Value constant(String valueName, float[] data, int... dims) {
        return graph.add(Value.constant(valueName, Shape.of(dims), data));
    }

    public Value add(Value a, Value b) {
        return apply(Operator.ADD, Attributes.NONE, a, b);
    }

    public Value sub(Value a, Value b) {
        return apply(Operator.SUB, Attributes.NONE, a, b);
    }

    public Value mul(Value a, Value b) {
        return apply(Operator.MUL, Attributes.NONE, a, b);
    }

    public Value div(Value a, Value b) {
        return apply(Operator.DIV, Attributes.NONE, a, b);
    }

    public Value neg(Value x) {
        return apply(Operator.NEG, Attributes.NONE, x);
    }

    public Value relu(Value x) {
        return apply(Operator.RELU, Attributes.NONE, x);
    }

    public Value sign(Value x) {
        return apply(Operator.SIGN, Attributes.NONE, x);
    }

    public Value abs(Value x) {
        return apply(Operator.ABS, Attributes.NONE, x);
    }

    /** numpy's matrix product. */
    public Value matMul(Value a, Value b) {
        return apply(Operator.MATMUL, Attributes.NONE, a, b);
    }

    /** a·b + c, or a·bᵀ + c; {@code c} may be null. */
    public Value gemm(Value a, Value b, Value c, boolean transB) {
        Attributes attributes = transB ? new Attributes(Map.of("transB", 1L)) : Attributes.NONE;
        return c == null ? apply(Operator.GEMM, attributes, a, b) : apply(Operator.GEMM, attributes, a, b, c);
    }

    /** Other dimensions for the same elements: 0 keeps one, a -1 takes what is left; the batch stays first. */
    public Value reshape(Value x, long... dims) {
        String targetName = numberedName("target");
        Value target = graph.add(Value.constant(targetName, Shape.of(dims.length), dims.clone()));
        return apply(Operator.RESHAPE, Attributes.NONE, x, target);
    }

    /** [B, all else]: ONNX Flatten at axis 1. */
    public Value flatten(Value x) {
        return apply(Operator.FLATTEN, Attributes.NONE, x);
    }

    /** Convolution over one or two spatial dimensions; {@code bias} may be null. Attributes as ONNX Conv's. */
    public Value conv(Value x, Value weights, Value bias, Attributes attributes) {
        return apply(Operator.CONV, attributes, withBias(x, weights, bias));
    }

    /** Transposed convolution; {@code bias} may be null. Attributes as ONNX ConvTranspose's. */
    public Value convTranspose(Value x, Value weights, Value bias, Attributes attributes) {
        return apply(Operator.CONV_TRANSPOSE, attributes, withBias(x, weights, bias));
    }

    private static Value[] withBias(Value x, Value weights, Value bias) {
        return bias == null ? new Value[] {x, weights} : new Value[] {x, weights, bias};
    }

    /** The inputs one behind the other along one dimension. */
    public Value concat(int axis, Value... inputs) {
        return apply(Operator.CONCAT, new Attributes(Map.of("axis", (long) axis)), inputs);
    }

    /** Elements {@code start} to before {@code end} along one dimension; negative ones count from its end. */
    public Value slice(Value x, int axis, long start, long end) {
        return apply(Operator.SLICE, new Attributes(Map.of("axes", new long[] {axis}, "starts", new long[] {start},
                "ends", new long[] {end})), x);
    }

    /** Parts of these sizes along one dimension. */
    public List<Value> split(Value x, int axis, long... sizes) {
        return applyAll(Operator.SPLIT, new Attributes(Map.of("axis", (long) axis, "split", sizes)), sizes.length, x);
    }

    /** Dimensions in another order; the batch stays first. */
    public Value transpose(Value x, long... perm) {
        return apply(Operator.TRANSPOSE, new Attributes(Map.of("perm", perm)), x);
    }

    /** The elements held between two bounds; not-a-number stays what it is. */
    public Value clip(Value x, float least, float most) {
        return apply(Operator.CLIP, new Attributes(Map.of("min", least, "max", most)), x);
    }

    /** x where it is 0 and more, else alpha·x. */
    public Value leakyRelu(Value x, float alpha) {
        return apply(Operator.LEAKY_RELU, new Attributes(Map.of("alpha", alpha)), x);
    }

    public Value sigmoid(Value x) {
        return apply(Operator.SIGMOID, Attributes.NONE, x);
    }

    public Value tanh(Value x) {
        return apply(Operator.TANH, Attributes.NONE, x);
    }

    public Value sqrt(Value x) {
        return apply(Operator.SQRT, Attributes.NONE, x);
    }

    /** The larger (ONNX Max) of all inputs, element by element. */
    public Value max(Value... inputs) {
        return apply(Operator.MAX, Attributes.NONE, inputs);
    }

    /** The smaller (ONNX Min) of all inputs, element by element. */
    public Value min(Value... inputs) {
        return apply(Operator.MIN, Attributes.NONE, inputs);
    }

    /** The mean over some dimensions, which stay as 1. */
    public Value reduceMean(Value x, long... axes) {
        return apply(Operator.REDUCE_MEAN, new Attributes(Map.of("axes", axes)), x);
    }

    /** The sum over some dimensions, which stay as 1. */
    public Value reduceSum(Value x, long... axes) {
        return apply(Operator.REDUCE_SUM, new Attributes(Map.of("axes", axes)), x);
    }

    /** Sub-pixel shuffle in PyTorch's order: channels to blocks of {@code blocksize} × {@code blocksize}. */
    public Value pixelShuffle(Value x, int blocksize) {
        return apply(Operator.DEPTH_TO_SPACE, new Attributes(Map.of("blocksize", (long) blocksize, "mode", "CRD")), x);
    }

    /**
     * Any operator of one output with any attributes, in any of its forms from opset 11 to 21.
     *
     * @param inputs with null where an optional one is left out
     */
    public Value apply(Operator operator, Attributes attributes, Value... inputs) {
        return applyAll(operator, attributes, 1, inputs).get(0);
    }

    /** The same for an operator of several outputs, which only Split is. */
    public List<Value> applyAll(Operator operator, Attributes attributes, int outputCount, Value... inputs) {
        List<Value> current = new ArrayList<>();
        for (Value value : inputs) {
            current.add(value == null ? null : current(value));
        }
        String stem = numberedName(operator.onnxName().toLowerCase(Locale.ROOT));
        List<String> names = new ArrayList<>(List.of(stem));
        for (int output = 1; output < outputCount; output++) {
            names.add(unusedName(stem + "." + output));
        }
        return graph.apply(stem, operator, current, attributes, names);
    }

    /**
     * Makes a value an output under that name, by renaming it, or by an Identity where it must keep its own. The
     * value that is returned is the network's output; the one that was given may still be used as an input.
     */
    public Value output(Value value, String outputName) {
        Value current = current(value);
        Value output = current;
        if (!current.name().equals(outputName)) {
            boolean own = current == input || current.isConstant() || outputs.contains(current);
            output = own ? graph.apply(outputName, Operator.IDENTITY, List.of(current), Attributes.NONE, outputName)
                    : graph.rename(current, outputName);
            if (!own) {
                renamed.put(current, output);
            }
        }
        outputs.add(output);
        return output;
    }

    /**
     * Finishes the network.
     *
     * @param description what the network says about itself; null for what its shapes say. An empty matrix name
     *                        becomes "Phi" where there is a matrix, an empty matrix id is filled in
     * @param measurement Φ, or null
     * @throws IllegalArgumentException where there is no input or output, or metadata and shapes do not fit
     */
    public RecoveryNetwork build(NetworkMetadata description, MeasurementMatrix measurement) {
        if (input == null) {
            throw new IllegalArgumentException("the network " + Quote.of(name) + " has no input");
        }
        List<Value> ordered = NetworkConsistency.orderOutputs(outputs, input);
        NetworkMetadata complete = NetworkConsistency.complete(description, measurement, input, ordered);
        NetworkConsistency.checkMatrixValue(graph.find(complete.matrixName()), complete.matrixName(), measurement);
        return new RecoveryNetwork(name, graph.nodesFor(ordered), input, ordered, complete, measurement, "");
    }

    /** Finishes the network with the metadata and Φ of the one it started {@link #from}, or with what shapes say. */
    public RecoveryNetwork build() {
        return build(metadata, matrix);
    }

    /** The stem, or the stem with a number where a value of that name is there already. */
    public String unusedName(String stem) {
        return graph.find(stem) == null ? stem : numberedName(stem);
    }

    private Value current(Value value) {
        Value current = renamed.getOrDefault(value, value);
        Value known = graph.find(current.name());
        if (known == null && current.isConstant()) {
            return graph.add(current);
        }
        if (known != current) {
            throw new IllegalArgumentException("the value " + current + " is not of this network");
        }
        return current;
    }

    private String numberedName(String stem) {
        int number = graph.size();
        while (graph.find(stem + number) != null) {
            number++;
        }
        return stem + number;
    }
}
