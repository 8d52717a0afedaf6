package org.reluctor.devicetests.refusal;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import com.google.protobuf.ByteString;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** ONNX files that a user may bring by mistake, each from a file that would be right: input y [N, 2], output x. */
final class MistakenNetworks {
    private MistakenNetworks() {
    }

    /** The bytes of each kind, by a name for it. */
    static Map<String, byte[]> all() {
        Map<String, byte[]> kinds = new LinkedHashMap<>();
        kinds.put("cycle", relu(13, graph -> node(graph, "Add", "z", "z", "y")));
        kinds.put("missing initializer", file(13, graph -> node(graph, "MatMul", "x", "y", "W")));
        kinds.put("undefined input", relu(13, graph -> node(graph, "Add", "z", "x", "nowhere")));
        kinds.put("external data absent", added(external("w.bin")));
        kinds.put("path escape", added(external("../secret.bin")));
        kinds.put("absolute path", added(external("/etc/hostname")));
        kinds.put("float16", added(raw(DataType.FLOAT16, 4, 2)));
        kinds.put("int8", added(raw(DataType.INT8, 2, 2)));
        kinds.put("string tensor", added(raw(DataType.STRING, 0, 1).clearRawData()
                .addStringData(ByteString.copyFromUtf8("no number"))));
        kinds.put("opset 7", relu(7, graph -> { }));
        kinds.put("2 GB in 1 KB", added(raw(DataType.FLOAT, 1024, 1 << 29)));
        kinds.put("2 GB in 1 KB, int64", added(raw(DataType.INT64, 1024, 1 << 28)));
        kinds.put("2 GB of external data", added(external("w.bin").clearDims().addDims(1 << 29)));
        kinds.put("4 EB", added(raw(DataType.FLOAT, 16, Integer.MAX_VALUE, Integer.MAX_VALUE)));
        kinds.put("2 GB that a node makes", relu(13, MistakenNetworks::expanded));
        kinds.put("negative dimension", added(raw(DataType.FLOAT, 0, -2)));
        kinds.put("broadcast that does not fit", added(raw(DataType.FLOAT, 12, 3)));
        kinds.put("two outputs of one name", relu(13, graph -> node(graph, "Neg", "x", "y")));
        byte[] whole = relu(13, graph -> { });
        kinds.put("truncated", Arrays.copyOf(whole, whole.length - 7));
        return kinds;
    }

    private static byte[] file(long opset, Consumer<GraphProto.Builder> nodes) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        shape.addDimBuilder().setDimParam("N");
        shape.addDimBuilder().setDimValue(2);
        ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(8);
        model.addOpsetImportBuilder().setVersion(opset);
        GraphProto.Builder graph = model.getGraphBuilder().setName("mistaken");
        graph.addInputBuilder().setName("y").getTypeBuilder().getTensorTypeBuilder().setElemType(type(DataType.FLOAT))
                .setShape(shape);
        graph.addOutputBuilder().setName("x");
        nodes.accept(graph);
        return model.build().toByteArray();
    }

    private static byte[] relu(long opset, Consumer<GraphProto.Builder> further) {
        return file(opset, graph -> {
            node(graph, "Relu", "x", "y");
            further.accept(graph);
        });
    }

    /** x = y + w. */
    private static byte[] added(TensorProto.Builder tensor) {
        return file(13, graph -> {
            graph.addInitializer(tensor.setName("w"));
            node(graph, "Add", "x", "y", "w");
        });
    }

    private static void node(GraphProto.Builder graph, String operator, String output, String... inputs) {
        graph.addNodeBuilder().setOpType(operator).setName("to-" + output).addOutput(output)
                .addAllInput(Arrays.asList(inputs));
    }

    /** A constant of half a billion elements, x made of it. */
    private static void expanded(GraphProto.Builder graph) {
        graph.clearNode();
        graph.addInitializer(TensorProto.newBuilder().setName("one").setDataType(type(DataType.FLOAT)).addDims(1)
                .addFloatData(1));
        graph.addInitializer(TensorProto.newBuilder().setName("to").setDataType(type(DataType.INT64)).addDims(2)
                .addInt64Data(1 << 28).addInt64Data(2));
        node(graph, "Expand", "large", "one", "to");
        node(graph, "Add", "x", "y", "large");
    }

    private static TensorProto.Builder raw(DataType type, int bytes, long... dims) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setDataType(type(type))
                .setRawData(ByteString.copyFrom(new byte[bytes]));
        Arrays.stream(dims).forEach(tensor::addDims);
        return tensor;
    }

    private static TensorProto.Builder external(String location) {
        return TensorProto.newBuilder().setDataType(type(DataType.FLOAT)).addDims(2)
                .setDataLocation(TensorProto.DataLocation.EXTERNAL).addExternalData(
                        StringStringEntryProto.newBuilder().setKey("location").setValue(location));
    }

    private static int type(DataType type) {
        return type.getNumber();
    }
}
