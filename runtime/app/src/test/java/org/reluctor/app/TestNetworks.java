package org.reluctor.app;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.NetworkBuilder;
import org.reluctor.network.NetworkMetadata;
import org.reluctor.network.Provenance;
import org.reluctor.network.OnnxWriter;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.network.Value;

/** Small networks as files, for tests. */
public final class TestNetworks {
    /** Measurements of {@link #transposed}. */
    public static final int M = 4;
    /** Samples of {@link #transposed}. */
    public static final int N = 8;

    private TestNetworks() {
    }

    /** Writes x = 3·relu(Φᵀ(y/2)) + 1 with its Φ: input scale 2, output scale 3, output offset 1. */
    public static Path transposed(Path file) throws IOException {
        OnnxWriter.write(transposed(), file);
        return file;
    }

    /** The network of {@link #transposed(Path)}. */
    public static RecoveryNetwork transposed() {
        MeasurementMatrix matrix = matrix();
        NetworkBuilder builder = new NetworkBuilder("transposed");
        Value y = builder.input("y", M);
        Value phi = builder.constant("phi", matrix.toArray(), M, N);
        builder.output(builder.relu(builder.matMul(y, phi)), "x");
        NetworkMetadata metadata = NetworkMetadata.of(N, M, 1).withMatrix("phi", matrix.id()).withVersion(3)
                .withSignal(360, "mV").withScales(2, 3, 1)
                .withProvenance(Provenance.of("hand", "nothing").withFigures("none"));
        return builder.build(metadata, matrix);
    }

    /** Writes x = relu(y) of images [1, H, W] whose height and width the file leaves open. */
    public static Path images(Path file) throws IOException {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        shape.addDimBuilder().setDimParam("N");
        shape.addDimBuilder().setDimValue(1);
        shape.addDimBuilder().setDimParam("H");
        shape.addDimBuilder().setDimParam("W");
        ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(8);
        model.addOpsetImportBuilder().setVersion(13);
        GraphProto.Builder graph = model.getGraphBuilder().setName("images");
        graph.addInputBuilder().setName("y").getTypeBuilder().getTensorTypeBuilder()
                .setElemType(TensorProto.DataType.FLOAT_VALUE).setShape(shape);
        graph.addOutputBuilder().setName("x");
        graph.addNodeBuilder().setOpType("Relu").addInput("y").addOutput("x");
        return Files.write(file, model.build().toByteArray());
    }

    /** Φ of {@link #transposed}. */
    public static MeasurementMatrix matrix() {
        return MeasurementMatrix.sparseBinary(M, N, 2, 7);
    }
}
