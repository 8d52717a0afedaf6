package org.reluctor.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxReaderTest {
    private static double[] run(RecoveryNetwork network, double... y) {
        return new ReferenceExecutor(network).run(y, y.length / network.metadata().m()).get(0);
    }

    @Test
    void read_linearNetwork_hasItsPartsAndComputes() {
        RecoveryNetwork network = OnnxFile.linear().read();
        assertEquals("y[B, 2]", network.input().toString());
        assertEquals("[x[B, 3]]", network.outputs().toString());
        assertEquals(NetworkMetadata.of(3, 2, 1), network.metadata());
        assertTrue(network.matrix().isEmpty());
        assertTrue(network.estimate().isEmpty());
        assertEquals(1, network.nodes().size());
        assertEquals("to-x", network.nodes().get(0).name());
        assertSame(network.signal(), network.nodes().get(0).output());
        assertArrayEquals(new double[] {19, 32, 45, 29, 46, 63}, run(network, 1, 2, 3, 4));
    }

    @ParameterizedTest
    @ValueSource(ints = {11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21})
    void read_supportedOpsets_areRead(int opset) {
        assertEquals(1, OnnxFile.linear().opset(opset).read().nodes().size());
    }

    @Test
    void read_file_isNamedAndIdentifiedByItsHash(@TempDir Path folder) throws Exception {
        byte[] bytes = OnnxFile.linear().bytes();
        RecoveryNetwork network = OnnxReader.read(Files.write(folder.resolve("ecg.v2.onnx"), bytes));
        String sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        assertEquals("ecg.v2", network.name());
        assertEquals(sha256, network.sha256());
        assertEquals(Long.parseUnsignedLong(sha256.substring(0, 16), 16), network.modelId());
    }

    @Test
    void read_nodesInAnyOrder_areSorted() {
        RecoveryNetwork network = new OnnxFile().input("y", "N", 2).output("x")
                .node("Relu", "c", "x").node("Neg", "b", "c").node("Abs", "a", "b").node("Neg", "y", "a").read();
        List<Operator> order = network.nodes().stream().map(Node::operator).toList();
        assertEquals(List.of(Operator.NEG, Operator.ABS, Operator.NEG, Operator.RELU), order);
        assertArrayEquals(new double[] {0, 0}, run(network, 1, -2));
    }

    @Test
    void read_nodesAlreadyInOrder_keepTheirOrder() {
        RecoveryNetwork network = new OnnxFile().input("y", "N", 2).output("x").node("Relu", "y", "a")
                .node("Neg", "y", "b").node("Abs", "y", "c").node("Add", "c,b", "d").node("Add", "a,d", "x").read();
        assertEquals("[to-a, to-b, to-c, to-d, to-x]", network.nodes().stream().map(Node::name).toList().toString());
    }

    @Test
    void read_nodesWithoutNames_getOnesFromOperatorAndPlace() {
        RecoveryNetwork network = new OnnxFile().input("y", "N", 2).output("x").node("Relu", "y", "a")
                .graph(graph -> graph.addNode(NodeProto.newBuilder().setOpType("Neg").addInput("a").addOutput("x")))
                .read();
        assertEquals("Neg#1", network.nodes().get(1).name());
    }

    @Test
    void read_nodesNoOutputNeeds_areLeftOut() {
        RecoveryNetwork network = OnnxFile.linear().node("Abs", "x", "unused").read();
        assertEquals(1, network.nodes().size());
    }

    @Test
    void read_rawAndTypedData_areTheSame() {
        ByteBuffer raw = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putFloat(1.5f).putFloat(-2);
        RecoveryNetwork network = new OnnxFile().input("y", "N", 2).output("x").node("Add", "y,a", "s")
                .node("Add", "s,b", "x").initializer(OnnxFile.floats("a", new long[] {2}, 1.5f, -2))
                .initializer(OnnxFile.tensor("b", TensorProto.DataType.FLOAT_VALUE, 2)
                        .setRawData(ByteString.copyFrom(raw.flip()))).read();
        assertArrayEquals(new double[] {3, -4}, run(network, 0, 0));
    }

    @Test
    void read_constantNodes_becomeConstants() {
        TensorProto.Builder tensor = OnnxFile.floats("", new long[] {2}, 1, 2);
        AttributeProto.Builder value = AttributeProto.newBuilder().setName("value")
                .setType(AttributeProto.AttributeType.TENSOR).setT(tensor);
        AttributeProto.Builder floats = AttributeProto.newBuilder().setName("value_floats")
                .setType(AttributeProto.AttributeType.FLOATS).addFloats(10).addFloats(20);
        AttributeProto.Builder ints = AttributeProto.newBuilder().setName("value_ints")
                .setType(AttributeProto.AttributeType.INTS).addInts(0).addInts(2).addInts(1);
        RecoveryNetwork network = new OnnxFile().input("y", "N", 2).output("x", "N", 2, 1)
                .node("Constant", "", "a", value.build()).node("Constant", "", "b", floats.build())
                .node("Constant", "", "c", OnnxFile.attribute("value_float", 100f))
                .node("Constant", "", "t", ints.build())
                .node("Add", "y,a", "s1").node("Add", "s1,b", "s2").node("Add", "s2,c", "s3")
                .node("Reshape", "s3,t", "x").read();
        assertEquals(4, network.nodes().size());
        assertArrayEquals(new double[] {111, 122}, run(network, 0, 0));
    }

    @Test
    void read_int32AndIdentityTargets_serveReshape() {
        RecoveryNetwork network = new OnnxFile().input("y", "N", 4).output("x", "N", 2, 2)
                .node("Identity", "t", "t2").node("Reshape", "y,t2", "x")
                .initializer(OnnxFile.tensor("t", TensorProto.DataType.INT32_VALUE, 3)
                        .addInt32Data(-1).addInt32Data(2).addInt32Data(2)).read();
        assertEquals("x[B, 2, 2]", network.signal().toString());
        ByteBuffer raw = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN).putInt(-1).putInt(2).putInt(2);
        assertEquals("x[B, 2, 2]", new OnnxFile().input("y", "N", 4).output("x").node("Reshape", "y,t", "x")
                .initializer(OnnxFile.tensor("t", TensorProto.DataType.INT32_VALUE, 3)
                        .setRawData(ByteString.copyFrom(raw.flip()))).read().signal().toString());
    }

    @Test
    void read_constantSubgraph_isComputedOnce() {
        RecoveryNetwork network = new OnnxFile().input("y", "N", 2).output("x").node("Neg", "w", "minus")
                .node("Relu", "minus", "threshold").node("Identity", "threshold", "t")
                .node("Sub", "y,t", "x").initializer(OnnxFile.floats("w", new long[] {2}, -1, 5)).read();
        assertEquals(1, network.nodes().size());
        assertArrayEquals(new float[] {1, 0}, network.nodes().get(0).inputs().get(1).floats());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "-1", "N", ""})
    void read_batchInAnyGuise_isSymbolic(String first) {
        Object batch = first.matches("-?1") ? Long.valueOf(first) : first;
        RecoveryNetwork network = new OnnxFile().input("y", batch, 4).output("x").node("Relu", "y", "x").read();
        assertEquals(Shape.of(Shape.BATCH, 4), network.input().shape());
        assertArrayEquals(new double[8], run(network, new double[8]));
    }

    @Test
    void read_batchFixedAtOne_mayBeReshapedAsOne() {
        OnnxFile file = new OnnxFile().input("y", 1, 4).output("x", 1, 4).node("Reshape", "y,square", "s")
                .node("Relu", "s", "r").node("Reshape", "r,flat", "x")
                .initializer(OnnxFile.longs("square", 1, 2, 2)).initializer(OnnxFile.longs("flat", 1, -1));
        RecoveryNetwork network = file.read();
        assertEquals(Shape.of(Shape.BATCH, 4), network.signal().shape());
        assertArrayEquals(new double[] {1, 2, 3, 0, 5, 6, 7, 8}, run(network, 1, 2, 3, -4, 5, 6, 7, 8));
        RecoveryNetwork again = OnnxReader.read(OnnxWriter.encode(network), "again");
        assertArrayEquals(new double[] {1, 2, 3, 0, 5, 6, 7, 8}, run(again, 1, 2, 3, -4, 5, 6, 7, 8));
    }

    @Test
    void read_allowzeroWithoutZeros_isReadAndWrittenWithout() {
        RecoveryNetwork network = new OnnxFile().opset(14).input("y", "N", 4).output("x")
                .node("Reshape", "y,t", "x", OnnxFile.attribute("allowzero", 1))
                .initializer(OnnxFile.longs("t", -1, 2, 2)).read();
        assertEquals(Attributes.NONE, network.nodes().get(0).attributes());
    }

    @Test
    void read_initializersListedAsInputs_areNoInputs() {
        RecoveryNetwork network = OnnxFile.linear().model(model -> model.setIrVersion(3)).input("W", 2, 3)
                .input("b", 3).read();
        assertEquals("y", network.input().name());
    }

    @Test
    void read_optionalInputLeftEmpty_isLeftOut() {
        RecoveryNetwork network = new OnnxFile().input("y", "N", 2).output("x").node("Gemm", "y,W,", "x")
                .initializer(OnnxFile.floats("W", new long[] {2, 1}, 1, 1)).read();
        assertEquals(2, network.nodes().get(0).inputs().size());
        assertArrayEquals(new double[] {3}, run(network, 1, 2));
    }

    @Test
    void read_otherDomainsImportedButNotUsed_areNoMatter() {
        OperatorSetIdProto.Builder other = OperatorSetIdProto.newBuilder().setDomain("com.example").setVersion(1);
        assertFalse(OnnxFile.linear().model(model -> model.addOpsetImport(other)).read().nodes().isEmpty());
    }

    @Test
    void read_estimateBeforeTheSignal_isPutBehindIt() {
        RecoveryNetwork network = new OnnxFile().input("y", "N", 2).output("estimate").output("x").output("more")
                .node("Relu", "y", "estimate").node("Neg", "estimate", "x").node("Neg", "x", "more").read();
        assertEquals("[x, estimate, more]", network.outputs().stream().map(Value::name).toList().toString());
        assertSame(network.outputs().get(1), network.estimate().orElseThrow());
    }

    @Test
    void read_allMetadata_areThere() {
        RecoveryNetwork network = described().metadata("reluctor.matrix.id",
                MeasurementMatrix.dense(2, 3, new float[] {1, 0, 1, 0, 1, 0}).id()).metadata("other", "ignored").read();
        NetworkMetadata metadata = network.metadata();
        assertEquals(NetworkMetadata.of(3, 2, 2).withMatrix("Phi", network.matrix().orElseThrow().id()).withVersion(7)
                .withSignal(360.5, "mV").withScales(200, 0.5, -1e-3)
                .withProvenance(new Provenance("hand", "nothing", "PRD 9 %", 140_928, Double.NaN)), metadata);
        assertEquals(1, network.matrix().orElseThrow().at(0, 2));
    }

    private static OnnxFile described() {
        return new OnnxFile().input("y", "N", 4).output("x", "N", 6).node("MatMul", "y,W", "x")
                .initializer(OnnxFile.floats("W", new long[] {4, 6}, new float[24]))
                .initializer(OnnxFile.floats("Phi", new long[] {2, 3}, 1, 0, 1, 0, 1, 0))
                .metadata("reluctor.n", "3").metadata("reluctor.m", "2").metadata("reluctor.channels", "2")
                .metadata("reluctor.matrix", "Phi").metadata("reluctor.version", "7")
                .metadata("reluctor.sample.rate", "360.5").metadata("reluctor.unit", "mV")
                .metadata("reluctor.input.scale", "200").metadata("reluctor.output.scale", "0.5")
                .metadata("reluctor.output.offset", "-1e-3").metadata("reluctor.trained.by", "hand")
                .metadata("reluctor.trained.on", "nothing").metadata("reluctor.figures", "PRD 9 %")
                .metadata("reluctor.trained.parameters", "140928");
    }

    @Test
    void read_channelsAlone_divideTheShapes() {
        NetworkMetadata metadata = new OnnxFile().input("y", "N", 4).output("x").node("Relu", "y", "x")
                .metadata("reluctor.channels", "2").read().metadata();
        assertEquals(NetworkMetadata.of(2, 2, 2), metadata);
    }

    @Test
    void read_matrixIdWithoutMatrix_isKept() {
        NetworkMetadata metadata = OnnxFile.linear().metadata("reluctor.matrix.id", "0123456789abcdef").read()
                .metadata();
        assertEquals("0123456789abcdef", metadata.matrixId());
        assertEquals("", metadata.matrixName());
    }

    @Test
    void read_matrixThatIsComputedWith_isBothConstantAndMatrix() {
        RecoveryNetwork network = new OnnxFile().input("y", "N", 2).output("x").node("MatMul", "y,Phi", "x")
                .initializer(OnnxFile.floats("Phi", new long[] {2, 3}, 1, 2, 3, 4, 5, 6))
                .metadata("reluctor.matrix", "Phi").read();
        assertEquals(MeasurementMatrix.dense(2, 3, new float[] {1, 2, 3, 4, 5, 6}), network.matrix().orElseThrow());
        assertEquals(network.matrix().orElseThrow().id(), network.metadata().matrixId());
    }
}
