package org.reluctor.devicetests.refusal;

import ai.onnx.proto.OnnxMl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.reluctor.devicetests.command.SmallNetworks;

/** Network files that must be refused, each spoilt from a good one. */
final class BadNetworks {
    private BadNetworks() {
    }

    /** The first half of a good file. */
    static Path truncated(Path good, Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(good);
        return Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    }

    /** The last node is an LSTM. */
    static Path unsupportedOperator(Path good, Path file) throws IOException {
        OnnxMl.ModelProto.Builder model = OnnxMl.ModelProto.parseFrom(Files.readAllBytes(good)).toBuilder();
        int last = model.getGraph().getNodeCount() - 1;
        model.getGraphBuilder().getNodeBuilder(last).setName("memory").setOpType("LSTM");
        return Files.write(file, model.build().toByteArray());
    }

    /** The metadata tell of more samples than Φ and the network have. */
    static Path otherShape(Path good, Path file) throws IOException {
        OnnxMl.ModelProto.Builder model = OnnxMl.ModelProto.parseFrom(Files.readAllBytes(good)).toBuilder();
        model.getMetadataPropsBuilderList().stream().filter(entry -> entry.getKey().equals("reluctor.n"))
                .forEach(entry -> entry.setValue(Integer.toString(SmallNetworks.N + 1)));
        return Files.write(file, model.build().toByteArray());
    }

    /** The initializer that holds Φ has other dimensions than the metadata, with as many elements. */
    static Path otherMatrix(Path good, Path file) throws IOException {
        OnnxMl.ModelProto.Builder model = OnnxMl.ModelProto.parseFrom(Files.readAllBytes(good)).toBuilder();
        OnnxMl.TensorProto.Builder other = OnnxMl.TensorProto.newBuilder().setName("other").setDataType(1)
                .addDims(2).addDims(2);
        for (int i = 0; i < 4; i++) {
            other.addFloatData(i);
        }
        model.getGraphBuilder().addInitializer(other);
        model.getMetadataPropsBuilderList().stream().filter(entry -> entry.getKey().equals("reluctor.matrix"))
                .forEach(entry -> entry.setValue("other"));
        return Files.write(file, model.build().toByteArray());
    }
}
