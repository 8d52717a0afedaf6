package org.reluctor.network;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;

/**
 * Writes a recovery network as an ONNX file: opset 13, IR version 8, everything in one file, the metadata under
 * {@code reluctor.}. The same network gives the same bytes.
 */
public final class OnnxWriter {
    private static final int OPSET = 13;
    private static final int IR_VERSION = 8;
    private static final String BATCH_NAME = "batch";

    private OnnxWriter() {
    }

    /**
     * Writes the file, replacing an old one at once.
     *
     * @throws IOException if it cannot be written
     */
    public static void write(RecoveryNetwork network, Path file) throws IOException {
        AtomicFile.write(file, ByteBuffer.wrap(encode(network)));
    }

    /** The file's bytes. */
    public static byte[] encode(RecoveryNetwork network) {
        ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(IR_VERSION).setProducerName("reluctor")
                .setGraph(graph(network));
        MetadataProperties.write(network.metadata()).forEach((key, value) -> model.addMetadataProps(
                StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        // The operator set, without which no file is read, goes last: a file that was cut off between two fields
        // would otherwise still be read, without its scales or its matrix. Messages written one after the other are
        // one message.
        ModelProto last = ModelProto.newBuilder().addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
                .build();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(model.build().toByteArray());
        bytes.writeBytes(last.toByteArray());
        return bytes.toByteArray();
    }

    private static GraphProto graph(RecoveryNetwork network) {
        GraphProto.Builder graph = GraphProto.newBuilder().setName(network.name()).addInput(declared(network.input()));
        network.outputs().forEach(output -> graph.addOutput(declared(output)));
        OnnxNodes nodes = new OnnxNodes(network);
        network.nodes().forEach(node -> graph.addNode(nodes.write(node)));
        Map<String, Value> constants = nodes.constants();
        network.matrix().ifPresent(matrix -> constants.putIfAbsent(network.metadata().matrixName(), Value.constant(
                network.metadata().matrixName(), Shape.of(matrix.rows(), matrix.columns()), matrix.toArray())));
        constants.values().forEach(constant -> graph.addInitializer(OnnxTensors.write(constant)));
        return graph.build();
    }

    private static ValueInfoProto declared(Value value) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (int dim : value.shape().toArray()) {
            TensorShapeProto.Dimension.Builder dimension = TensorShapeProto.Dimension.newBuilder();
            shape.addDim(dim == Shape.BATCH ? dimension.setDimParam(BATCH_NAME) : dimension.setDimValue(dim));
        }
        TypeProto.Tensor.Builder type = TypeProto.Tensor.newBuilder()
                .setElemType(TensorProto.DataType.FLOAT_VALUE).setShape(shape);
        return ValueInfoProto.newBuilder().setName(value.name()).setType(TypeProto.newBuilder().setTensorType(type))
                .build();
    }
}
