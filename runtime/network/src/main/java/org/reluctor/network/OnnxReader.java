package org.reluctor.network;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Reads a recovery network from an ONNX file (opset 11 to 21) that holds everything in itself. Shapes are inferred with
 * the batch symbolic; nodes of constants only are computed once; nodes that no output needs are left out. A file of
 * any content ends in a network or in one {@link NetworkFormatException}, and claims no more memory than a small
 * multiple of its own length (at most about ten times, where numbers are packed as single bytes).
 */
public final class OnnxReader {
    /** Largest file that is read: 512 MiB. */
    public static final long MOST_BYTES = 512L << 20;
    static final int OLDEST_OPSET = 11;
    static final int NEWEST_OPSET = 21;
    /** The standard operators' domain, which files mostly leave empty. */
    static final String DOMAIN = "ai.onnx";

    private OnnxReader() {
    }

    /**
     * Reads a network file.
     *
     * @throws NetworkFormatException if it cannot be read or used, naming the file, the place in it and what is right
     */
    public static RecoveryNetwork read(Path file) {
        try (InputStream stream = Files.newInputStream(file)) {
            long size = Files.size(file);
            if (size > MOST_BYTES) {
                throw new NetworkFormatException(file + ": has " + size + " bytes; at most " + MOST_BYTES
                        + " are read");
            }
            // Bounded, too, where the size is not known (a pipe) or grows meanwhile: then it is cut off, and refused.
            return read(stream.readNBytes((int) MOST_BYTES), file.toString(), shortName(file));
        } catch (IOException unreadable) {
            throw FileFailure.of(file, unreadable);
        }
    }

    /**
     * Reads a network from the bytes of a file.
     *
     * @param name stands for the file in messages and names the network
     * @throws NetworkFormatException as {@link #read(Path)}
     */
    public static RecoveryNetwork read(byte[] bytes, String name) {
        return read(bytes, name, name);
    }

    private static String shortName(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(".onnx") ? name.substring(0, name.length() - ".onnx".length()) : name;
    }

    private static RecoveryNetwork read(byte[] bytes, String source, String name) {
        try {
            ModelProto model = parse(bytes);
            checkVersions(model);
            String sha256 = HexFormat.of().formatHex(MatrixId.sha256().digest(bytes));
            return network(model, name, sha256);
        } catch (IllegalArgumentException unfit) {
            throw new NetworkFormatException(source + ": " + unfit.getMessage(), unfit);
        }
    }

    private static ModelProto parse(byte[] bytes) {
        try {
            OnnxStructure.check(bytes);
            return ModelProto.parseFrom(bytes);
        } catch (IOException broken) {
            throw new IllegalArgumentException("is no ONNX file, or is cut off (" + bytes.length + " bytes): "
                    + broken.getMessage(), broken);
        }
    }

    private static void checkVersions(ModelProto model) {
        if (!model.hasGraph() || model.getIrVersion() < 3) {
            throw new IllegalArgumentException("is no ONNX file, or is cut off: it has " + (model.hasGraph()
                    ? "the IR version " + model.getIrVersion() + "; 3 or more is right" : "no graph"));
        }
        List<OperatorSetIdProto> standard = model.getOpsetImportList().stream()
                .filter(set -> set.getDomain().isEmpty() || set.getDomain().equals(DOMAIN)).toList();
        if (standard.size() != 1) {
            throw new IllegalArgumentException("imports the standard operator set " + standard.size()
                    + " times; once is right" + (standard.isEmpty() ? " (or the file is cut off)" : ""));
        }
        long opset = standard.get(0).getVersion();
        if (opset < OLDEST_OPSET || opset > NEWEST_OPSET) {
            throw new IllegalArgumentException("uses the operator set (opset) " + opset + "; " + OLDEST_OPSET + " to "
                    + NEWEST_OPSET + " are supported: export the model with one of these");
        }
    }

    private static RecoveryNetwork network(ModelProto model, String name, String sha256) {
        OnnxGraph graph = new OnnxGraph(model.getGraph());
        graph.read();
        List<Value> outputs = NetworkConsistency.orderOutputs(graph.outputs(), graph.input());
        NetworkMetadata metadata = MetadataProperties.read(properties(model), graph.input(), outputs.get(0));
        MeasurementMatrix matrix = matrix(metadata, graph.assembly());
        NetworkMetadata complete = NetworkConsistency.complete(metadata, matrix, graph.input(), outputs);
        return new RecoveryNetwork(name, graph.assembly().nodesFor(outputs), graph.input(), outputs, complete, matrix,
                sha256);
    }

    private static Map<String, String> properties(ModelProto model) {
        Map<String, String> properties = new HashMap<>();
        for (StringStringEntryProto entry : model.getMetadataPropsList()) {
            if (properties.putIfAbsent(entry.getKey(), entry.getValue()) != null) {
                throw new IllegalArgumentException("the metadata key " + Quote.of(entry.getKey()) + " is given twice");
            }
        }
        return properties;
    }

    private static MeasurementMatrix matrix(NetworkMetadata metadata, GraphAssembly graph) {
        String name = metadata.matrixName();
        if (name.isEmpty()) {
            return null;
        }
        Value value = graph.find(name);
        if (value == null || value.floats() == null || value.shape().rank() != 2) {
            throw new IllegalArgumentException("the metadata key " + MetadataProperties.PREFIX + "matrix is "
                    + Quote.of(name) + "; it must name an initializer of float32, [m, n]"
                    + (value == null ? "" : ", not " + value.shape()));
        }
        return MeasurementMatrix.dense(value.shape().dim(0), value.shape().dim(1), value.floats());
    }
}
