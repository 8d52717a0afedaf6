package org.reluctor.network;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The graph of an ONNX file, turned into nodes and values. Refusals are {@link IllegalArgumentException}s. */
final class OnnxGraph {
    private final GraphProto graph;
    private final Set<String> given = new HashSet<>();
    private GraphAssembly assembly;
    private final ExternalData external;
    private final int[] frameDims;
    private Value input;

    /**
     * @param external  gives tensors that are kept in other files
     * @param frameDims the input's dimensions behind the batch where the caller gives them, else null
     */
    OnnxGraph(GraphProto graph, ExternalData external, int[] frameDims) {
        this.graph = graph;
        this.external = external;
        this.frameDims = frameDims;
    }

    /** Reads the graph; afterwards {@link #input}, {@link #outputs} and {@link #assembly} may be asked. */
    void read() {
        if (graph.getSparseInitializerCount() > 0) {
            throw new IllegalArgumentException("the graph has sparse initializers; write them out densely");
        }
        graph.getInitializerList().forEach(tensor -> given.add(tensor.getName()));
        ValueInfoProto declared = onlyInput();
        TensorShapeProto shape = tensorType(declared).getShape();
        assembly = new GraphAssembly(shape.getDimCount() > 0 && shape.getDim(0).getDimValue() == 1);
        input = assembly.add(Value.computed(declared.getName(), inputShape(declared.getName(), shape)));
        for (TensorProto tensor : graph.getInitializerList()) {
            assembly.add(OnnxTensors.read(external.fetch(tensor), tensor.getName()));
        }
        given.add(declared.getName());
        GraphSorter.sort(graph.getNodeList(), given).forEach(this::addNode);
    }

    Value input() {
        return input;
    }

    GraphAssembly assembly() {
        return assembly;
    }

    /** Before ONNX IR 4 every initializer was listed among the inputs, too. */
    private ValueInfoProto onlyInput() {
        List<ValueInfoProto> inputs = graph.getInputList().stream()
                .filter(candidate -> !given.contains(candidate.getName())).toList();
        if (inputs.size() != 1) {
            throw new IllegalArgumentException("the graph has " + inputs.size()
                    + " inputs beside its initializers; a recovery network has one, the measurements");
        }
        return inputs.get(0);
    }

    private static TypeProto.Tensor tensorType(ValueInfoProto declared) {
        if (!declared.getType().hasTensorType()) {
            throw new IllegalArgumentException("the input " + Quote.of(declared.getName()) + " is no tensor");
        }
        TypeProto.Tensor type = declared.getType().getTensorType();
        if (type.getElemType() != TensorProto.DataType.FLOAT_VALUE) {
            throw new IllegalArgumentException("the input " + Quote.of(declared.getName()) + " has "
                    + OnnxTensors.typeName(type.getElemType()) + "; float32 is right");
        }
        if (!type.hasShape()) {
            throw new IllegalArgumentException("the input " + Quote.of(declared.getName())
                    + " has no shape; [batch, measurements] is right");
        }
        return type;
    }

    private Shape inputShape(String name, TensorShapeProto declared) {
        int[] dims = new int[declared.getDimCount()];
        String place = "the input " + Quote.of(name);
        if (dims.length < 2 || dims.length > 8) {
            throw new IllegalArgumentException(place + " has " + dims.length
                    + " dimensions; the batch and 1 to 7 more are right");
        }
        if (frameDims != null && frameDims.length != dims.length - 1) {
            throw new IllegalArgumentException(place + " has " + (dims.length - 1) + " dimensions behind the batch, but"
                    + " " + Arrays.toString(frameDims) + " was asked for");
        }
        dims[0] = Shape.BATCH;
        TensorShapeProto.Dimension first = declared.getDim(0);
        if (first.hasDimValue() && first.getDimValue() != 1 && first.getDimValue() != -1) {
            throw new IllegalArgumentException(place + " fixes its first dimension, the batch,"
                    + " at " + first.getDimValue() + "; it must be symbolic or 1");
        }
        for (int axis = 1; axis < dims.length; axis++) {
            dims[axis] = (int) inputDim(place, declared.getDim(axis), axis);
        }
        if (ReshapeRule.product(dims, 0, dims.length) > GraphAssembly.FRAME_LIMIT) {
            throw new IllegalArgumentException(place + " has more than " + GraphAssembly.FRAME_LIMIT
                    + " elements a frame");
        }
        return Shape.of(dims);
    }

    /** One dimension behind the batch: the file's, or the caller's where the file leaves it open. */
    private long inputDim(String place, TensorShapeProto.Dimension declared, int axis) {
        boolean fixed = declared.hasDimValue();
        if (!fixed && frameDims == null) {
            throw new IllegalArgumentException(place + " has nothing fixed as dimension " + axis
                    + ": the file is a template for signals of any size; give all dimensions behind the batch, such as"
                    + " 1,256,256 (--shape on the command line, shape beside the file's name in a configuration)");
        }
        long dim = fixed ? declared.getDimValue() : frameDims[axis - 1];
        if (dim < 1 || dim > GraphAssembly.FRAME_LIMIT) {
            throw new IllegalArgumentException(place + " has " + dim + " as dimension " + axis
                    + "; only the first may be symbolic, the others are from 1 to " + GraphAssembly.FRAME_LIMIT);
        }
        if (frameDims != null && dim != frameDims[axis - 1]) {
            throw new IllegalArgumentException(place + " has " + dim + " fixed as dimension " + axis + ", but "
                    + frameDims[axis - 1] + " was asked for");
        }
        return dim;
    }

    private void addNode(NodeProto node) {
        String place = "node " + Quote.of(node.getName()) + ": ";
        boolean standard = node.getDomain().isEmpty() || node.getDomain().equals(OnnxReader.DOMAIN);
        boolean constant = standard && node.getOpType().equals("Constant");
        Optional<Operator> operator = Operator.ofOnnxName(node.getOpType()).filter(any -> standard);
        if (operator.isEmpty() && !constant) {
            throw new IllegalArgumentException(place + "the operator "
                    + Quote.of((standard ? "" : node.getDomain() + ".") + node.getOpType())
                    + " is not supported; supported are " + Operator.supportedNames());
        }
        if (node.getOutputCount() < 1 || constant && node.getOutputCount() > 1 || node.getOutputList().contains("")) {
            throw new IllegalArgumentException(place + "has " + node.getOutputCount()
                    + " outputs; one with a name is right");
        }
        if (constant) {
            assembly.add(atNode(place, () -> OnnxAttributes.constant(node, node.getOutput(0))));
            return;
        }
        Attributes attributes = atNode(place, () -> OnnxAttributes.read(node));
        assembly.apply(node.getName(), operator.get(), inputs(node), attributes, node.getOutputList());
    }

    private static <T> T atNode(String place, Supplier<T> action) {
        try {
            return action.get();
        } catch (IllegalArgumentException unfit) {
            throw new IllegalArgumentException(place + unfit.getMessage(), unfit);
        }
    }

    /** An empty name stands for an optional input that is left out: null, or nothing at the end. */
    private List<Value> inputs(NodeProto node) {
        int count = node.getInputCount();
        while (count > 0 && node.getInput(count - 1).isEmpty()) {
            count--;
        }
        List<Value> inputs = new ArrayList<>();
        for (int at = 0; at < count; at++) {
            inputs.add(node.getInput(at).isEmpty() ? null : assembly.find(node.getInput(at)));
        }
        return inputs;
    }

    /** The outputs in the file's order, their declared shapes held against those that were inferred. */
    List<Value> outputs() {
        List<Value> outputs = new ArrayList<>();
        for (ValueInfoProto declared : graph.getOutputList()) {
            Value output = assembly.find(declared.getName());
            if (output == null) {
                throw new IllegalArgumentException("the output " + Quote.of(declared.getName())
                        + " is not computed by any node");
            }
            checkDeclared(declared, output);
            outputs.add(output);
        }
        return outputs;
    }

    private static void checkDeclared(ValueInfoProto declared, Value output) {
        TypeProto.Tensor type = declared.getType().getTensorType();
        if (!type.hasShape() || output.isConstant()) {
            return;
        }
        TensorShapeProto shape = type.getShape();
        boolean fits = shape.getDimCount() == output.shape().rank();
        for (int axis = 1; fits && axis < shape.getDimCount(); axis++) {
            TensorShapeProto.Dimension dim = shape.getDim(axis);
            fits = !dim.hasDimValue() || dim.getDimValue() == output.shape().dim(axis);
        }
        if (!fits) {
            throw new IllegalArgumentException("the output " + Quote.of(declared.getName()) + " is declared as "
                    + text(shape) + ", but the nodes compute " + output.shape());
        }
    }

    private static String text(TensorShapeProto shape) {
        return shape.getDimList().stream().limit(8)
                .map(dim -> dim.hasDimValue() ? Long.toString(dim.getDimValue()) : "?").toList().toString();
    }
}
