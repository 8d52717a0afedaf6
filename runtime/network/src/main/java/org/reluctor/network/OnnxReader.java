package org.reluctor.network;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Reads a recovery network from an ONNX file (opset 11 to 21). Shapes are inferred with the batch symbolic; what only
 * computes shapes or constants is computed once; nodes that no output needs are left out. A file of any content ends in
 * a network or in one {@link NetworkFormatException}, and claims no more memory than a small multiple of its own length
 * (at most about ten times, where numbers are packed as single bytes) and what its constants fold to: as much as four
 * times the constants in it, and 4 Mi elements.
 *
 * <p>Tensors may be kept in other files of the model's folder (ONNX external data); then the network's hash is that of
 * the model file's bytes followed by theirs, in the order of the initializers.
 */
public final class OnnxReader {
    /** Largest file that is read: 512 MiB. */
    public static final long MOST_BYTES = 512L << 20;
    static final int OLDEST_OPSET = 11;
    static final int NEWEST_OPSET = 21;
    /** The standard operators' domain, which files mostly leave empty. */
    static final String DOMAIN = "ai.onnx";

    private final String source;
    private final String name;
    private final Path folder;

    /** What stands for the file in messages, the network's name, and the model's folder or null. */
    private OnnxReader(String source, String name, Path folder) {
        this.source = source;
        this.name = name;
        this.folder = folder;
    }

    /**
     * Reads a network file whose input has fixed dimensions, but for the batch.
     *
     * @throws NetworkFormatException if it cannot be read or used, naming the file, the place in it and what is right
     */
    public static RecoveryNetwork read(Path file) {
        return read(file, (int[]) null);
    }

    /**
     * Reads a network file that may leave dimensions of its input open, such as height and width of an image network
     * [batch, 1, H, W]: it is a template, and the network that comes out is for signals of one size.
     *
     * @param frameDims all dimensions of the input behind the batch, such as 1, 256, 256; null for those that the file
     *                      fixes
     * @throws NetworkFormatException as {@link #read(Path)}, and where the file fixes other dimensions
     */
    public static RecoveryNetwork read(Path file, int... frameDims) {
        try (InputStream stream = Files.newInputStream(file)) {
            long size = Files.size(file);
            if (size > MOST_BYTES) {
                throw new NetworkFormatException(file + ": has " + size + " bytes; at most " + MOST_BYTES
                        + " are read");
            }
            // Bounded, too, where the size is not known (a pipe) or grows meanwhile: then it is cut off, and refused.
            byte[] bytes = stream.readNBytes((int) MOST_BYTES);
            return new OnnxReader(file.toString(), shortName(file), file.toAbsolutePath().getParent())
                    .readNetwork(bytes, null, frameDims);
        } catch (IOException unreadable) {
            throw FileFailure.of(file, unreadable);
        }
    }

    /**
     * Reads a network from the bytes that a file was found to have, otherwise as {@link #read(Path, int...)}. Tensors
     * in other files are refused: whoever read the bytes has seen nothing of those.
     *
     * @param file stands in messages and names the network; is not opened
     * @throws NetworkFormatException as {@link #read(Path)}
     */
    public static RecoveryNetwork read(byte[] bytes, Path file, int... frameDims) {
        return new OnnxReader(file.toString(), shortName(file), null).readNetwork(bytes, null, frameDims);
    }

    /**
     * As {@link #read(byte[], Path, int...)} of bytes whose hash is known already, and is not computed once more.
     *
     * @param sha256 of the bytes, 64 hexadecimal digits
     * @throws NetworkFormatException as {@link #read(Path)}
     */
    public static RecoveryNetwork readHashed(byte[] bytes, String sha256, Path file, int... frameDims) {
        return new OnnxReader(file.toString(), shortName(file), null).readNetwork(bytes, sha256, frameDims);
    }

    /**
     * Reads a network from the bytes of a file, which must hold everything in itself.
     *
     * @param name stands for the file in messages and names the network
     * @throws NetworkFormatException as {@link #read(Path)}
     */
    public static RecoveryNetwork read(byte[] bytes, String name) {
        return new OnnxReader(name, name, null).readNetwork(bytes, null, null);
    }

    /** The same for a file that may leave dimensions open, as {@link #read(Path, int...)}. */
    public static RecoveryNetwork read(byte[] bytes, String name, int... frameDims) {
        return new OnnxReader(name, name, null).readNetwork(bytes, null, frameDims);
    }

    private static String shortName(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(".onnx") ? name.substring(0, name.length() - ".onnx".length()) : name;
    }

    /** {@code known}: SHA-256 of the bytes, or null; where it is known nothing but the bytes is read. */
    private RecoveryNetwork readNetwork(byte[] bytes, String known, int[] frameDims) {
        try {
            ModelProto model = parse(bytes);
            checkVersions(model);
            MessageDigest hash = MatrixId.sha256();
            if (known == null) {
                hash.update(bytes);
            }
            OnnxGraph graph = new OnnxGraph(model.getGraph(), new ExternalData(folder, hash), frameDims);
            graph.read();
            return network(model, graph, known == null ? HexFormat.of().formatHex(hash.digest()) : known);
        } catch (IllegalArgumentException unfit) {
            throw new NetworkFormatException(source + ": " + unfit.getMessage(), unfit);
        }
    }

    private static ModelProto parse(byte[] bytes) {
        try {
            OnnxStructure.check(bytes);
            // Raw data stays where it is until it is taken as floats: once more would be as much memory again.
            CodedInputStream in = UnsafeByteOperations.unsafeWrap(bytes).newCodedInput();
            in.enableAliasing(true);
            ModelProto model = ModelProto.parseFrom(in);
            in.checkLastTagWas(0);
            return model;
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

    private RecoveryNetwork network(ModelProto model, OnnxGraph graph, String sha256) {
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
