package org.reluctor.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that people bring by mistake, one of each kind, and data kept beside the model. */
class MistakenFilesTest {
    private static final int FLOAT = TensorProto.DataType.FLOAT_VALUE;

    @TempDir
    private Path folder;

    private static OnnxFile relu() {
        return new OnnxFile().input("y", "N", 2).output("x").node("Relu", "y", "x");
    }

    private static OnnxFile added(TensorProto.Builder tensor) {
        return new OnnxFile().input("y", "N", 2).output("x").node("Add", "y,w", "x").initializer(tensor);
    }

    private static TensorProto.Builder typed(TensorProto.DataType type, int bytes) {
        return OnnxFile.tensor("w", type.getNumber(), 2).setRawData(ByteString.copyFrom(new byte[bytes]));
    }

    private static TensorProto.Builder external(String... keysAndValues) {
        TensorProto.Builder tensor = OnnxFile.tensor("w", FLOAT, 2)
                .setDataLocation(TensorProto.DataLocation.EXTERNAL);
        for (int at = 0; at < keysAndValues.length; at += 2) {
            tensor.addExternalData(StringStringEntryProto.newBuilder().setKey(keysAndValues[at])
                    .setValue(keysAndValues[at + 1]));
        }
        return tensor;
    }

    static Stream<Arguments> kinds() {
        byte[] whole = OnnxFile.linear().bytes();
        TensorProto.Builder text = OnnxFile.tensor("w", TensorProto.DataType.STRING_VALUE, 1)
                .addStringData(ByteString.copyFromUtf8("no number"));
        return Stream.of(
                Arguments.of("cycle", relu().node("Add", "z,y", "z").bytes(), "runs in a circle"),
                Arguments.of("missing initializer", new OnnxFile().input("y", "N", 2).output("x")
                        .node("MatMul", "y,W", "x").bytes(), "reads 'W', which is neither"),
                Arguments.of("undefined input", relu().node("Add", "x,nowhere", "z").bytes(), "reads 'nowhere'"),
                Arguments.of("external data absent", added(external("location", "w.bin")).bytes(),
                        "'w' keeps its data in 'w.bin', but there is no such file"),
                Arguments.of("path escape", added(external("location", "../secret.bin")).bytes(),
                        "a file within the model's own folder is right"),
                Arguments.of("float16", added(typed(TensorProto.DataType.FLOAT16, 4)).bytes(), "float16 elements"),
                Arguments.of("int8", added(typed(TensorProto.DataType.INT8, 2)).bytes(), "int8 elements"),
                Arguments.of("string tensor", added(text).bytes(), "string elements"),
                Arguments.of("opset 7", OnnxFile.linear().opset(7).bytes(), "(opset) 7; 11 to 21"),
                Arguments.of("2 GB in 1 KB", added(OnnxFile.tensor("w", FLOAT, 1 << 29)
                        .setRawData(ByteString.copyFrom(new byte[1024]))).bytes(), "but holds 1024 bytes"),
                Arguments.of("negative dimension", added(OnnxFile.tensor("w", FLOAT, -2)).bytes(),
                        "dimension 0 is -2"),
                Arguments.of("broadcast", added(OnnxFile.floats("w", new long[] {3}, 1, 2, 3)).bytes(),
                        "[B, 2] and [3] do not fit"),
                Arguments.of("two outputs of one name", relu().node("Neg", "y", "x").bytes(),
                        "'x' is given to two values"),
                Arguments.of("truncated", Arrays.copyOf(whole, whole.length - 7), "cut off"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kinds")
    void read_mistakenFile_givesOneMessage(String kind, byte[] bytes, String part) throws IOException {
        Path file = Files.write(folder.resolve("model.onnx"), bytes);
        String message = assertThrows(NetworkFormatException.class, () -> OnnxReader.read(file), kind).getMessage();
        assertTrue(message.startsWith(file + ": ") && message.contains(part), message);
        assertEquals(1, message.lines().count(), message);
        assertTrue(message.length() < file.toString().length() + 600, message);
    }

    private String refusal(TensorProto.Builder tensor) throws IOException {
        Path file = Files.write(folder.resolve("model.onnx"), added(tensor).bytes());
        return assertThrows(NetworkFormatException.class, () -> OnnxReader.read(file)).getMessage();
    }

    private void data(Path file, float... values) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putFloat(value);
        }
        Files.write(file, bytes.array());
    }

    @Test
    void read_externalDataInTheFolder_areReadAndHashed() throws IOException {
        Files.createDirectory(folder.resolve("sub"));
        data(folder.resolve("sub/w.bin"), 9, 1, 2);
        Path file = Files.write(folder.resolve("model.onnx"), added(external("location", "sub/w.bin", "offset", "4",
                "length", "8")).bytes());
        RecoveryNetwork network = OnnxReader.read(file);
        assertArrayEquals(new double[] {11, 22}, new ReferenceExecutor(network).run(new double[] {10, 20}, 1).get(0));
        data(folder.resolve("sub/w.bin"), 9, 1, 3);
        assertNotEquals(network.sha256(), OnnxReader.read(file).sha256());
    }

    @Test
    void read_externalDataElsewhereOrShort_areRefused() throws IOException {
        data(folder.resolve("w.bin"), 1);
        Path outside = Files.createTempDirectory("outside");
        data(outside.resolve("secret.bin"), 1, 2);
        Files.createSymbolicLink(folder.resolve("link.bin"), outside.resolve("secret.bin"));
        Map<String, String> refused = Map.of("link.bin", "no link or path that leads out",
                outside.resolve("secret.bin").toString(), "within the model's own folder", "", "is right", ".",
                "is right", "w.bin", "it claims 8 bytes, 4 from byte 0 on are named, and the file has 4", "a\0b",
                "which is no file's name");
        for (Map.Entry<String, String> entry : refused.entrySet()) {
            String message = refusal(external("location", entry.getKey()));
            assertTrue(message.contains(entry.getValue()), message);
        }
        assertTrue(refusal(external("location", "w.bin", "offset", "-1")).contains("with the offset '-1'"));
        assertTrue(refusal(external("location", "w.bin", "length", "9223372036854775807")).contains("it claims 8"));
        assertTrue(refusal(external("location", "w.bin", "offset", "4611686018427387904", "length", "8"))
                .contains("it claims 8 bytes"));
        assertTrue(refusal(external()).contains("''"));
        Files.delete(outside.resolve("secret.bin"));
        Files.delete(outside);
    }

    /** Sizes whose product leaves a long, but for a dimension of 0: each ends in a network or in one refusal. */
    static Stream<Arguments> emptyAndHuge() {
        int most = Integer.MAX_VALUE;
        int integers = TensorProto.DataType.INT64_VALUE;
        ByteString list = ByteString.copyFrom(ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN).putLong(most)
                .putLong(most).putLong(most).putLong(0).array());
        return Stream.of(
                Arguments.of("initializer", relu().initializer(OnnxFile.tensor("s", integers, most, most, most, 0))
                        .bytes()),
                Arguments.of("ConstantOfShape", relu().initializer(OnnxFile.tensor("s", integers, 4).setRawData(list))
                        .node("ConstantOfShape", "s", "z").bytes()),
                Arguments.of("ConvTranspose", relu().initializer(OnnxFile.tensor("a", FLOAT, 1, 0, 5))
                        .initializer(OnnxFile.tensor("b", FLOAT, 0, 2, 3)).node("ConvTranspose", "a,b", "z").bytes()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("emptyAndHuge")
    void read_emptyOfHugeDimensions_isANetworkOrRefused(String kind, byte[] bytes) {
        try {
            assertEquals(2, OnnxReader.read(bytes, kind).metadata().n());
        } catch (NetworkFormatException refused) {
            assertTrue(refused.getMessage().startsWith(kind + ": "), refused.getMessage());
        }
    }

    @Test
    void read_chainOfGathers_endsAtTheMostDimensions() {
        OnnxFile file = relu().initializer(OnnxFile.floats("g0", new long[] {1}, 1))
                .initializer(OnnxFile.tensor("i", TensorProto.DataType.INT64_VALUE, 1, 1, 1, 1, 1, 1, 1, 1)
                        .setRawData(ByteString.copyFrom(new byte[8])));
        for (int at = 0; at < 6; at++) {
            file.node("Gather", "g" + at + ",i", "g" + (at + 1));
        }
        byte[] bytes = file.bytes();
        String message = assertThrows(NetworkFormatException.class, () -> OnnxReader.read(bytes, "gathers"))
                .getMessage();
        assertTrue(message.contains("36 dimensions; at most 32"), message);
    }
}
