package org.reluctor.network;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.function.Consumer;

/** An ONNX file in the making, part by part as a test wants it: message classes only, none of the project's code. */
final class OnnxFile {
    private final ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(8);
    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("test");
    private long opset = 13;

    OnnxFile opset(long version) {
        opset = version;
        return this;
    }

    /** A dimension is a Long or Integer, a String for a symbolic one, or "" for one that says nothing. */
    OnnxFile input(String name, Object... dims) {
        graph.addInput(declared(name, TensorProto.DataType.FLOAT_VALUE, dims));
        return this;
    }

    /** Without dimensions an output of undeclared shape. */
    OnnxFile output(String name, Object... dims) {
        graph.addOutput(dims.length == 0 ? ValueInfoProto.newBuilder().setName(name).build()
                : declared(name, TensorProto.DataType.FLOAT_VALUE, dims));
        return this;
    }

    /** A node whose inputs are separated by commas. */
    OnnxFile node(String operator, String inputs, String output, AttributeProto... attributes) {
        NodeProto.Builder node = NodeProto.newBuilder().setOpType(operator).setName("to-" + output).addOutput(output);
        for (String input : inputs.isEmpty() ? new String[0] : inputs.split(",", -1)) {
            node.addInput(input);
        }
        for (AttributeProto attribute : attributes) {
            node.addAttribute(attribute);
        }
        graph.addNode(node);
        return this;
    }

    OnnxFile initializer(TensorProto.Builder tensor) {
        graph.addInitializer(tensor);
        return this;
    }

    OnnxFile metadata(String key, String value) {
        model.addMetadataProps(StringStringEntryProto.newBuilder().setKey(key).setValue(value));
        return this;
    }

    OnnxFile graph(Consumer<GraphProto.Builder> change) {
        change.accept(graph);
        return this;
    }

    OnnxFile model(Consumer<ModelProto.Builder> change) {
        change.accept(model);
        return this;
    }

    byte[] bytes() {
        ModelProto.Builder whole = model.clone().setGraph(graph);
        if (opset != 0) {
            whole.addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset));
        }
        return whole.build().toByteArray();
    }

    RecoveryNetwork read() {
        return OnnxReader.read(bytes(), "test.onnx");
    }

    /** y [batch, 2] → x = y·W + b, [batch, 3], through one Gemm. */
    static OnnxFile linear() {
        return new OnnxFile().input("y", "batch", 2).output("x", "batch", 3).node("Gemm", "y,W,b", "x")
                .initializer(floats("W", new long[] {2, 3}, 1, 2, 3, 4, 5, 6))
                .initializer(floats("b", new long[] {3}, 10, 20, 30));
    }

    static ValueInfoProto declared(String name, int type, Object... dims) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (Object dim : dims) {
            TensorShapeProto.Dimension.Builder dimension = TensorShapeProto.Dimension.newBuilder();
            if (dim instanceof Number number) {
                dimension.setDimValue(number.longValue());
            } else if (!dim.equals("")) {
                dimension.setDimParam(dim.toString());
            }
            shape.addDim(dimension);
        }
        return ValueInfoProto.newBuilder().setName(name).setType(TypeProto.newBuilder().setTensorType(
                TypeProto.Tensor.newBuilder().setElemType(type).setShape(shape))).build();
    }

    static TensorProto.Builder floats(String name, long[] dims, float... data) {
        TensorProto.Builder tensor = tensor(name, TensorProto.DataType.FLOAT_VALUE, dims);
        for (float value : data) {
            tensor.addFloatData(value);
        }
        return tensor;
    }

    static TensorProto.Builder longs(String name, long... data) {
        TensorProto.Builder tensor = tensor(name, TensorProto.DataType.INT64_VALUE, data.length);
        for (long value : data) {
            tensor.addInt64Data(value);
        }
        return tensor;
    }

    static TensorProto.Builder tensor(String name, int type, long... dims) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(type);
        for (long dim : dims) {
            tensor.addDims(dim);
        }
        return tensor;
    }

    static AttributeProto attribute(String name, long value) {
        return AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INT).setI(value).build();
    }

    static AttributeProto attribute(String name, float value) {
        return AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.FLOAT).setF(value)
                .build();
    }
}
