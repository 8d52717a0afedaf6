package org.reluctor.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of file that cannot be used: one message that begins with the file and says what is wrong. */
class OnnxReaderRefusalTest {
    private static void assertRefused(OnnxFile file, String... parts) {
        assertRefused(file.bytes(), parts);
    }

    private static void assertRefused(byte[] bytes, String... parts) {
        String message = assertThrows(NetworkFormatException.class, () -> OnnxReader.read(bytes, "bad.onnx"))
                .getMessage();
        assertTrue(message.startsWith("bad.onnx: "), message);
        assertEquals(1, message.lines().count(), message);
        for (String part : parts) {
            assertTrue(message.contains(part), message);
        }
    }

    private static OnnxFile relu() {
        return new OnnxFile().input("y", "N", 2).output("x").node("Relu", "y", "x");
    }

    private static OnnxFile withTensor(TensorProto.Builder tensor) {
        return new OnnxFile().input("y", "N", 2).output("x").node("Add", "y,w", "x").initializer(tensor);
    }

    @Test
    void read_fileOfNoNetwork_isRefused(@TempDir Path folder) throws Exception {
        assertRefused(new byte[0], "is no ONNX file, or is cut off");
        assertRefused("<!DOCTYPE html><html></html>".getBytes(StandardCharsets.US_ASCII), "is no ONNX file");
        assertRefused(new byte[1000], "is no ONNX file");
        Path absent = folder.resolve("absent.onnx");
        assertEquals(absent + ": there is no such file",
                assertThrows(NetworkFormatException.class, () -> OnnxReader.read(absent)).getMessage());
        assertEquals(folder + ": is a folder, not a file",
                assertThrows(NetworkFormatException.class, () -> OnnxReader.read(folder)).getMessage());
    }

    @Test
    void read_fileLargerThanTheLimit_isRefusedUnread(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("large.onnx");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(OnnxReader.MOST_BYTES + 1);
        }
        String message = assertThrows(NetworkFormatException.class, () -> OnnxReader.read(file)).getMessage();
        assertTrue(message.contains("at most 536870912"), message);
        Files.delete(file);
    }

    @Test
    void read_fileCutOffAnywhere_isRefused() {
        byte[] whole = OnnxWriter.encode(OnnxFile.linear().metadata("reluctor.input.scale", "200")
                .metadata("reluctor.unit", "mV").read());
        for (int length = 0; length < whole.length; length++) {
            assertRefused(Arrays.copyOf(whole, length), "cut off");
        }
    }

    @Test
    void read_millionsOfEmptyNodes_areRefusedBeforeParsing() {
        byte[] nodes = new byte[3 << 20];
        for (int at = 0; at < nodes.length; at += 2) {
            nodes[at] = 0x0A;
        }
        assertRefused(field(7, nodes), "has more than 1048576 fields");
    }

    @Test
    void read_graphsWithinGraphs_areRefusedWithoutRunningOutOfStack() {
        byte[] graph = new byte[0];
        for (int depth = 0; depth < 3000; depth++) {
            graph = field(1, field(5, field(6, graph)));
        }
        assertRefused(field(7, graph), "nested more than 50 deep");
        byte[] groups = new byte[100_000];
        Arrays.fill(groups, (byte) 0x7B);
        assertRefused(groups, "holds a group");
    }

    /** A message that holds one field of bytes. */
    private static byte[] field(int number, byte[] content) {
        return UnknownFieldSet.newBuilder().addField(number, UnknownFieldSet.Field.newBuilder()
                .addLengthDelimited(ByteString.copyFrom(content)).build()).build().toByteArray();
    }

    @Test
    void read_versionsOutOfRange_areRefused() {
        assertRefused(OnnxFile.linear().opset(7), "opset) 7; 11 to 21");
        assertRefused(OnnxFile.linear().opset(10), "opset) 10");
        assertRefused(OnnxFile.linear().opset(22), "opset) 22");
        assertRefused(OnnxFile.linear().opset(0), "imports the standard operator set 0 times");
        assertRefused(OnnxFile.linear().model(model -> model.addOpsetImport(
                OperatorSetIdProto.newBuilder().setDomain("ai.onnx").setVersion(12))), "2 times");
        assertRefused(OnnxFile.linear().model(model -> model.setIrVersion(1)), "IR version 1");
    }

    @Test
    void read_unsupportedOperator_isNamedWithThoseThatAreSupported() {
        assertRefused(relu().node("Softmax", "x", "z"), "node 'to-z'", "'Softmax' is not supported",
                "supported are Abs, Add, BatchNormalization, ", "Where, Constant");
        assertRefused(relu().graph(graph -> graph.addNode(NodeProto.newBuilder().setName("odd").setOpType("Relu")
                .setDomain("com.example").addInput("y").addOutput("z"))), "node 'odd'", "'com.example.Relu'");
        assertRefused(relu().graph(graph -> graph.addNode(NodeProto.newBuilder().setName("two").setOpType("Relu")
                .addInput("y").addOutput("a").addOutput("b"))), "node 'two'", "has 2 outputs; one is right");
    }

    @Test
    void read_circle_isNamed() {
        assertRefused(new OnnxFile().input("y", "N", 2).output("x").node("Add", "y,c", "a").node("Relu", "a", "b")
                .node("Neg", "b", "c").node("Abs", "c", "x"), "runs in a circle", "'to-a'", "'to-b'", "'to-c'");
        assertRefused(relu().node("Add", "z,y", "z"), "runs in a circle through the nodes 'to-z'");
        OnnxFile ring = relu();
        for (int at = 0; at < 50; at++) {
            ring.node("Neg", "r" + (at + 49) % 50, "r" + at);
        }
        assertRefused(ring, "runs in a circle", "and 42 more");
    }

    @Test
    void read_namesThatDoNotResolve_areRefused() {
        assertRefused(relu().node("Add", "x,nowhere", "z"), "node 'to-z' ('Add') reads 'nowhere'", "neither the input");
        assertRefused(relu().node("Neg", "y", "x"), "'x' is given to two values", "'to-x'");
        assertRefused(relu().node("Neg", "x", "y"), "'y' is given to two values", "the input or an initializer");
        assertRefused(OnnxFile.linear().initializer(OnnxFile.floats("W", new long[] {1}, 1)), "'W' is given to two");
        assertRefused(relu().output("nothing"), "output 'nothing' is not computed by any node");
        assertRefused(relu().output("y"), "output 'y' is the input itself");
        assertRefused(relu().output("x"), "output 'x' is given twice");
        assertRefused(relu().initializer(OnnxFile.floats("", new long[] {1}, 1)), "empty name");
        assertRefused(OnnxFile.linear().output("W"), "output 'W' does not depend on the network's input");
        assertRefused(new OnnxFile().input("y", "N", 2).output("estimate").node("Relu", "y", "estimate"),
                "no output for the signal");
        assertRefused(new OnnxFile().input("y", "N", 2).node("Relu", "y", "x"), "no output for the signal");
    }

    @Test
    void read_inputsThatAreNoMeasurements_areRefused() {
        assertRefused(relu().input("second", "N", 2), "has 2 inputs");
        assertRefused(new OnnxFile().output("x"), "has 0 inputs");
        assertRefused(new OnnxFile().input("y", 64, 2).output("x").node("Relu", "y", "x"), "the batch, at 64");
        assertRefused(new OnnxFile().input("y", "N", "m").output("x").node("Relu", "y", "x"), "nothing fixed");
        assertRefused(new OnnxFile().input("y", "N", -5).output("x").node("Relu", "y", "x"), "has -5 as dimension 1");
        assertRefused(new OnnxFile().input("y", "N", 0).output("x").node("Relu", "y", "x"), "has 0 as dimension 1");
        assertRefused(new OnnxFile().input("y", "N").output("x").node("Relu", "y", "x"), "has 1 dimensions");
        assertRefused(new OnnxFile().input("y", "N", 1 << 20, 1 << 20).output("x").node("Relu", "y", "x"),
                "more than 16777216 elements");
        assertRefused(new OnnxFile().output("x").node("Relu", "y", "x").graph(graph -> graph.addInput(
                OnnxFile.declared("y", TensorProto.DataType.DOUBLE_VALUE, "N", 2))), "has double elements");
        assertRefused(new OnnxFile().output("x").node("Relu", "y", "x").graph(graph -> graph.addInput(
                ValueInfoProto.newBuilder().setName("y"))), "is no tensor");
    }

    @Test
    void read_tensorsOfOtherTypes_areRefusedWithTheirType() {
        for (TensorProto.DataType type : TensorProto.DataType.values()) {
            switch (type) {
                case FLOAT, INT32, INT64 -> { }
                default -> assertRefused(withTensor(OnnxFile.tensor("w", type.getNumber(), 2)
                        .setRawData(ByteString.copyFrom(new byte[4]))), "tensor 'w' holds "
                        + type.name().toLowerCase(Locale.ROOT), "export the model in float32");
            }
        }
        assertRefused(withTensor(OnnxFile.tensor("w", 77, 2)), "unknown type 77");
        assertRefused(withTensor(OnnxFile.longs("w", 1, 2)), "node 'to-x' (Add)", "'w' holds integers");
    }

    @Test
    void read_tensorsWhoseDataAreElsewhere_areRefused() {
        TensorProto.Builder outside = OnnxFile.tensor("w", TensorProto.DataType.FLOAT_VALUE, 2)
                .setDataLocation(TensorProto.DataLocation.EXTERNAL).addExternalData(StringStringEntryProto.newBuilder()
                        .setKey("location").setValue("../../../../etc/passwd"));
        assertRefused(withTensor(outside), "tensor 'w' keeps its data in another file");
        assertRefused(withTensor(OnnxFile.floats("w", new long[] {2}, 1, 2)
                .setSegment(TensorProto.Segment.newBuilder().setBegin(0).setEnd(1))), "is cut into segments");
        assertRefused(relu().graph(graph -> graph.addSparseInitializer(SparseTensorProto.getDefaultInstance())),
                "sparse initializers");
    }

    @Test
    void read_tensorsOfFalseSize_areRefusedBeforeAnythingIsAllocated() {
        int type = TensorProto.DataType.FLOAT_VALUE;
        ByteString kilobyte = ByteString.copyFrom(new byte[1024]);
        assertRefused(withTensor(OnnxFile.tensor("w", type, 1 << 29).setRawData(kilobyte)),
                "claims 536870912 elements of 4 bytes, but holds 1024 bytes");
        assertRefused(withTensor(OnnxFile.tensor("w", type, 1 << 30, 1 << 30, 1 << 30).setRawData(kilobyte)),
                "but holds 1024 bytes");
        assertRefused(withTensor(OnnxFile.tensor("w", type, 1 << 30)), "claims 1073741824 elements, but holds 0");
        assertRefused(withTensor(OnnxFile.tensor("w", type, 2).setRawData(kilobyte.substring(0, 9))), "9 bytes");
        assertRefused(withTensor(OnnxFile.tensor("w", type, -2)), "dimension 0 is -2");
        assertRefused(withTensor(OnnxFile.tensor("w", type, 0)), "dimension 0 is 0");
        assertRefused(withTensor(OnnxFile.tensor("w", type, 1L << 40)), "dimension 0 is 1099511627776");
        assertRefused(withTensor(OnnxFile.tensor("w", type, new long[99])), "99 dimensions");
        assertRefused(withTensor(OnnxFile.floats("w", new long[] {2}, 1, 2).setRawData(kilobyte)), "twice");
        assertRefused(withTensor(OnnxFile.longs("w", 1, 2).addDims(3)), "claims 6 elements, but holds 2");
    }

    @Test
    void read_graphThatMultipliesSizes_isRefusedInsteadOfComputed() {
        float[] ones = new float[8192];
        OnnxFile wide = new OnnxFile().input("y", "N", 8192).output("x").node("Reshape", "y,t", "column")
                .node("Mul", "column,row", "huge").node("Reshape", "huge,back", "x")
                .initializer(OnnxFile.longs("t", 0, 8192, 1)).initializer(OnnxFile.longs("back", 0, -1))
                .initializer(OnnxFile.floats("row", new long[] {1, 8192}, ones));
        assertRefused(wide, "node 'to-huge' (Mul)", "more than 16777216 elements");
        OnnxFile work = relu().initializer(OnnxFile.floats("a", new long[] {2048, 1}, new float[2048]))
                .initializer(OnnxFile.floats("b", new long[] {1, 2048}, new float[2048])).node("MatMul", "a,b", "p0");
        for (int at = 0; at < 20; at++) {
            work.node("MatMul", "p" + at + ",p" + at, "p" + (at + 1));
        }
        assertRefused(work, "(MatMul)", "too much work");
        OnnxFile filled = relu().initializer(OnnxFile.longs("size", 1L << 23)).node("ConstantOfShape", "size", "zeros");
        assertRefused(filled, "(ConstantOfShape)", "too much work");
        OnnxFile slices = relu().initializer(OnnxFile.longs("size", 1L << 22)).node("ConstantOfShape", "size", "zeros");
        for (int at = 0; at < 600; at++) {
            slices.node("ReduceSum", "zeros", "s" + at);
        }
        assertRefused(slices, "(ReduceSum)", "too much work");
    }

    @Test
    void read_nodesThatDoNotFit_areRefusedWithTheirPlace() {
        assertRefused(relu().node("Gemm", "y,W", "z").initializer(OnnxFile.floats("W", new long[] {3, 1}, 1, 2, 3)),
                "node 'to-z' (Gemm)", "do not fit: 2 against 3");
        assertRefused(withTensor(OnnxFile.floats("w", new long[] {3}, 1, 2, 3)), "node 'to-x' (Add)", "[B, 2] and [3]");
        assertRefused(relu().node("Add", "y", "z"), "node 'to-z' (Add): has 1 inputs, must have 2");
        assertRefused(relu().node("Gemm", "y", "z"), "has 1 inputs, must have 2 to 3");
        assertRefused(relu().node("Relu", "", "z"), "has 0 inputs");
        assertRefused(relu().node("Add", ",y", "z"), "node 'to-z'", "leaves out input 0");
        assertRefused(relu().node("Reshape", "y,x", "z"), "'x' must be a constant list of int64");
        assertRefused(relu().node("Reshape", "y,t", "z", OnnxFile.attribute("allowzero", 1))
                .initializer(OnnxFile.longs("t", 0, 2)), "asks with allowzero");
        assertRefused(relu().graph(graph -> graph.addNode(NodeProto.newBuilder().setName("none").setOpType("Relu")
                .addInput("y"))), "node 'none'", "0 outputs");
    }

    @Test
    void read_attributesOutOfPlace_areRefused() {
        assertRefused(relu().node("Relu", "y", "z", OnnxFile.attribute("alpha", 1f)), "'alpha'", "known are none");
        assertRefused(relu().node("Flatten", "y", "z", OnnxFile.attribute("axis", 1f)), "axis must be an integer");
        assertRefused(relu().node("Flatten", "y", "z", OnnxFile.attribute("axis", 1), OnnxFile.attribute("axis", 1)),
                "'axis' is given twice");
        AttributeProto.Builder graph = AttributeProto.newBuilder().setName("body")
                .setType(AttributeProto.AttributeType.GRAPH);
        assertRefused(relu().node("Relu", "y", "z", graph.build()), "node 'to-z'", "'body' is of type GRAPH");
        assertRefused(relu().node("Constant", "", "c"), "node 'to-c'", "has 0 attributes");
        assertRefused(relu().node("Constant", "", "c", OnnxFile.attribute("value_string", 1)), "gives its value as");
        assertRefused(relu().node("Constant", "", "c", AttributeProto.newBuilder().setName("value_floats")
                .setType(AttributeProto.AttributeType.FLOATS).build()), "empty list");
    }

    @Test
    void read_declaredOutputOfAnotherShape_isRefused() {
        assertRefused(new OnnxFile().input("y", "N", 2).output("x", "N", 3).node("Relu", "y", "x"),
                "output 'x' is declared as [?, 3], but the nodes compute [B, 2]");
        assertRefused(new OnnxFile().input("y", "N", 2).output("x", "N", 2, 1).node("Relu", "y", "x"), "[?, 2, 1]");
    }

    @Test
    void read_metadataAgainstShapes_areRefused() {
        assertRefused(OnnxFile.linear().metadata("reluctor.n", "4"), "output 'x' is [B, 3], but n is 4");
        assertRefused(OnnxFile.linear().metadata("reluctor.m", "3"), "input 'y' is [B, 2], but m is 3");
        assertRefused(OnnxFile.linear().metadata("reluctor.channels", "2"), "n is 1 and channels is 2");
        assertRefused(OnnxFile.linear().metadata("reluctor.channels", "0"), "reluctor.channels is '0'");
        assertRefused(OnnxFile.linear().metadata("reluctor.n", "three"), "reluctor.n is 'three'", "a whole number");
        assertRefused(OnnxFile.linear().metadata("reluctor.n", "99999999999"), "at most 2147483647");
        assertRefused(OnnxFile.linear().metadata("reluctor.input.scale", "0"), "reluctor.input.scale is 0.0");
        assertRefused(OnnxFile.linear().metadata("reluctor.output.scale", "1e999"), "reluctor.output.scale is Inf");
        assertRefused(OnnxFile.linear().metadata("reluctor.output.offset", "NaN"), "is 'NaN'", "a decimal number");
        assertRefused(OnnxFile.linear().metadata("reluctor.sample.rate", "0"), "sample.rate is 0.0", "above 0");
        assertRefused(OnnxFile.linear().metadata("reluctor.input.scal", "2"), "'reluctor.input.scal' is not known",
                "input.scale");
        assertRefused(OnnxFile.linear().metadata("reluctor.n", "3").metadata("reluctor.n", "3"), "given twice");
        assertRefused(new OnnxFile().input("y", "N", 2).output("x").output("estimate").node("Relu", "y", "x")
                .node("Mul", "a,b", "estimate").node("Reshape", "y,t", "a").node("Reshape", "y,u", "b")
                .initializer(OnnxFile.longs("t", 0, 2, 1)).initializer(OnnxFile.longs("u", 0, 1, 2)),
                "output 'estimate' is [B, 2, 2], but n is 2");
    }

    @Test
    void read_matrixThatIsNot_isRefused() {
        assertRefused(OnnxFile.linear().metadata("reluctor.matrix", "Phi"), "reluctor.matrix is 'Phi'",
                "must name an initializer");
        assertRefused(OnnxFile.linear().metadata("reluctor.matrix", "x"), "must name an initializer");
        assertRefused(OnnxFile.linear().metadata("reluctor.matrix", "b"), "[m, n], not [3]");
        OnnxFile transposed = OnnxFile.linear().metadata("reluctor.matrix", "Phi")
                .initializer(OnnxFile.floats("Phi", new long[] {3, 2}, new float[6]));
        assertRefused(transposed, "is 3×2, but m is 2 and n is 3: it stands transposed");
        assertRefused(OnnxFile.linear().metadata("reluctor.matrix", "Phi")
                .initializer(OnnxFile.floats("Phi", new long[] {2, 4}, new float[8])), "is 2×4, but m is 2 and n is 3");
        assertRefused(OnnxFile.linear().metadata("reluctor.matrix", "W").metadata("reluctor.matrix.id",
                "0123456789abcdef"), "matrix id is given as '0123456789abcdef'", "but the matrix has ");
        assertRefused(OnnxFile.linear().metadata("reluctor.matrix.id", "XYZ"), "16 lower-case hexadecimal digits");
        assertRefused(OnnxFile.linear().metadata("reluctor.matrix", "Phi").initializer(OnnxFile.floats("Phi",
                new long[] {2, 3}, 1, 2, Float.NaN, 4, 5, 6)), "NaN in row 0, column 2");
    }

    @Test
    void read_namesUnfitForAMessage_areMadeFit() {
        String evil = "a\nb\u001b[31m\u202e" + "z".repeat(5000);
        assertRefused(relu().node("Relu", evil, "z"), "'a?b?[31m?z", "…'");
        assertRefused(relu().node(evil, "y", "z"), "…' is not supported");
    }
}
