package org.reluctor.devicetests.network;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.util.Random;

/** An ONNX file as an exporter would write it, with none of the project's code: input y [N, …], output x. */
final class ModelFile {
    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("forms");
    private final int opset;

    ModelFile(int opset, Object... frameDims) {
        this.opset = opset;
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder()
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("N"));
        for (Object dim : frameDims) {
            TensorShapeProto.Dimension.Builder dimension = TensorShapeProto.Dimension.newBuilder();
            shape.addDim(dim instanceof Integer size ? dimension.setDimValue(size) : dimension.setDimParam("" + dim));
        }
        graph.addInput(declared("y", shape));
        graph.addOutput(declared("x", null));
    }

    private static ValueInfoProto declared(String name, TensorShapeProto.Builder shape) {
        TypeProto.Tensor.Builder type = TypeProto.Tensor.newBuilder().setElemType(TensorProto.DataType.FLOAT_VALUE);
        if (shape != null) {
            type.setShape(shape);
        }
        return ValueInfoProto.newBuilder().setName(name).setType(TypeProto.newBuilder().setTensorType(type)).build();
    }

    /** A node; names are separated by blanks, and "-" is an input left out. */
    ModelFile node(String operator, String inputs, String outputs, Object... namesAndValues) {
        NodeProto.Builder node = NodeProto.newBuilder().setOpType(operator);
        for (String input : inputs.isEmpty() ? new String[0] : inputs.split(" ")) {
            node.addInput(input.equals("-") ? "" : input);
        }
        for (String output : outputs.split(" ")) {
            node.addOutput(output);
        }
        for (int at = 0; at < namesAndValues.length; at += 2) {
            node.addAttribute(attribute((String) namesAndValues[at], namesAndValues[at + 1]));
        }
        graph.addNode(node);
        return this;
    }

    private static AttributeProto attribute(String name, Object value) {
        AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name);
        if (value instanceof Integer number) {
            attribute.setType(AttributeProto.AttributeType.INT).setI(number);
        } else if (value instanceof Float number) {
            attribute.setType(AttributeProto.AttributeType.FLOAT).setF(number);
        } else if (value instanceof String text) {
            attribute.setType(AttributeProto.AttributeType.STRING).setS(ByteString.copyFromUtf8(text));
        } else if (value instanceof TensorProto.Builder tensor) {
            attribute.setType(AttributeProto.AttributeType.TENSOR).setT(tensor);
        } else {
            attribute.setType(AttributeProto.AttributeType.INTS);
            for (long number : (long[]) value) {
                attribute.addInts(number);
            }
        }
        return attribute.build();
    }

    static long[] list(long... numbers) {
        return numbers;
    }

    static TensorProto.Builder tensor(long... numbers) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setDataType(TensorProto.DataType.INT64_VALUE)
                .addDims(numbers.length);
        for (long number : numbers) {
            tensor.addInt64Data(number);
        }
        return tensor;
    }

    ModelFile integers(String name, long... numbers) {
        graph.addInitializer(tensor(numbers).setName(name));
        return this;
    }

    /** An integer without dimensions. */
    ModelFile integer(String name, long number) {
        graph.addInitializer(tensor(number).setName(name).clearDims());
        return this;
    }

    ModelFile number(String name, float number) {
        graph.addInitializer(TensorProto.newBuilder().setName(name).setDataType(TensorProto.DataType.FLOAT_VALUE)
                .addFloatData(number));
        return this;
    }

    /** Normally distributed weights. */
    ModelFile weights(String name, long seed, int... dims) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setName(name)
                .setDataType(TensorProto.DataType.FLOAT_VALUE);
        int count = 1;
        for (int dim : dims) {
            tensor.addDims(dim);
            count *= dim;
        }
        new Random(seed).doubles(count, -1, 1).forEach(value -> tensor.addFloatData((float) value));
        graph.addInitializer(tensor);
        return this;
    }

    byte[] bytes() {
        return ModelProto.newBuilder().setIrVersion(8).setGraph(graph)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset)).build().toByteArray();
    }
}
