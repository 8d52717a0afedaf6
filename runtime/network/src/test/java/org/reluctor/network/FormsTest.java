package org.reluctor.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import com.google.protobuf.ByteString;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The one form that nodes have, whatever operator set they come from, and what only computes shapes. */
class FormsTest {
    private static AttributeProto integers(String name, long... values) {
        AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name)
                .setType(AttributeProto.AttributeType.INTS);
        for (long value : values) {
            attribute.addInts(value);
        }
        return attribute.build();
    }

    private static OnnxFile file(Object... frameDims) {
        Object[] dims = new Object[frameDims.length + 1];
        dims[0] = "N";
        System.arraycopy(frameDims, 0, dims, 1, frameDims.length);
        return new OnnxFile().input("y", dims).output("x");
    }

    private static Node only(OnnxFile file) {
        List<Node> nodes = file.read().nodes();
        assertEquals(1, nodes.size(), nodes::toString);
        return nodes.get(0);
    }

    private static void assertSettled(String inputs, String attributes, Node node) {
        assertEquals(inputs, node.inputs().toString());
        assertEquals(attributes, node.attributes().toString());
    }

    private static void assertRefused(OnnxFile file, String part) {
        String message = assertThrows(NetworkFormatException.class, file::read).getMessage();
        assertTrue(message.contains(part), message);
    }

    @Test
    void attributes_withArrays_areComparedByContent() {
        Attributes one = new Attributes(Map.of("axes", new long[] {1, 2}, "mode", "edge"));
        Attributes same = new Attributes(Map.of("axes", new long[] {1, 2}, "mode", "edge"));
        assertEquals(one, same);
        assertEquals(one.hashCode(), same.hashCode());
        assertNotEquals(one, new Attributes(Map.of("axes", new long[] {2, 1}, "mode", "edge")));
        assertEquals("{axes=[1, 2], mode=edge}", one.toString());
    }

    @Test
    void reduce_axesAsAttributeOrInput_areTheSameNode() {
        Node attribute = only(file(3, 4).opset(11).node("ReduceSum", "y", "x", integers("axes", -1)));
        Node input = only(file(3, 4).opset(18).node("ReduceSum", "y,a", "x").initializer(OnnxFile.longs("a", 2)));
        assertSettled("[y[B, 3, 4]]", "{axes=[2], keepdims=1}", attribute);
        assertSettled("[y[B, 3, 4]]", "{axes=[2], keepdims=1}", input);
        assertEquals(Operator.IDENTITY, only(file(3).node("ReduceMax", "y", "x",
                OnnxFile.attribute("noop_with_empty_axes", 1))).operator());
        assertRefused(file(3).node("ReduceSum", "y", "x"), "is the batch; it must stay");
        assertRefused(file(3).node("ReduceL2", "y", "x", OnnxFile.attribute("noop_with_empty_axes", 1)),
                "differs between versions");
        assertRefused(file(3).node("ReduceSum", "y", "x", integers("axes", 1, -1)), "names a dimension twice");
    }

    @Test
    void slice_anyForm_hasPlacesFromTheFront() {
        OnnxFile slice = file(5, 4).node("Slice", "y,s,e,a,t", "x").initializer(OnnxFile.longs("s", -1, 0))
                .initializer(OnnxFile.longs("e", Long.MIN_VALUE, Long.MAX_VALUE))
                .initializer(OnnxFile.longs("a", -2, 2)).initializer(OnnxFile.longs("t", -2, 1));
        assertSettled("[y[B, 5, 4]]", "{axes=[1], ends=[-6], starts=[4], steps=[-2]}", only(slice));
        assertEquals("[x[B, 3, 4]]", only(slice).outputs().toString());
        OnnxFile batch = file(5).node("Slice", "y,s,e", "x").initializer(OnnxFile.longs("s", 0));
        assertRefused(batch.initializer(OnnxFile.longs("e", 1)), "takes only some frames");
        OnnxFile none = file(5).node("Slice", "y,s,e,a", "x").initializer(OnnxFile.longs("s", 3))
                .initializer(OnnxFile.longs("e", 3)).initializer(OnnxFile.longs("a", 1));
        assertRefused(none, "has no elements");
    }

    @Test
    void conv_automaticPadding_becomesNumbers() {
        OnnxFile upper = file(1, 6).node("Conv", "y,w", "x", text("auto_pad", "SAME_UPPER"), integers("strides", 2))
                .initializer(OnnxFile.floats("w", new long[] {1, 1, 3}, 1, 2, 3));
        assertSettled("[y[B, 1, 6], w[1, 1, 3]]", "{dilations=[1], group=1, pads=[0, 1], strides=[2]}", only(upper));
        assertRefused(file(1, 6).node("Conv", "y,w", "x", text("auto_pad", "SAME_UPPER"), integers("pads", 1, 1))
                .initializer(OnnxFile.floats("w", new long[] {1, 1, 3}, 1, 2, 3)), "both auto_pad and pads");
        assertRefused(file(2, 6).node("Conv", "y,w", "x").initializer(OnnxFile.floats("w", new long[] {1, 1, 1}, 1)),
                "do not fit the 2 channels");
        assertRefused(file(1, 2).node("Conv", "y,w", "x").initializer(OnnxFile.floats("w", new long[] {1, 1, 3},
                1, 2, 3)), "would come out as 0");
        assertRefused(file(1, 2).node("Conv", "y,y", "x"), "'y' [B, 1, 2] is computed; it must be a constant");
        assertRefused(file(1, 2).node("Conv", "y,w", "x", integers("kernel_shape", 2))
                .initializer(OnnxFile.floats("w", new long[] {1, 1, 1}, 1)), "kernel_shape is [2], but");
    }

    private static AttributeProto text(String name, String value) {
        return AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.STRING)
                .setS(ByteString.copyFromUtf8(value)).build();
    }

    @Test
    void clip_boundsLeftOut_areTheLastFiniteNumbers() {
        Node node = only(file(2).node("Clip", "y,,most", "x").initializer(OnnxFile.floats("most", new long[0], 1)));
        assertSettled("[y[B, 2]]", "{max=1.0, min=-3.4028235E38}", node);
        assertRefused(file(2).node("Clip", "y,y", "x"), "must be a constant of one element");
    }

    @Test
    void split_bothOutputs_areRead() {
        OnnxFile file = file(5).output("second").graph(graph -> graph.addNode(NodeProto.newBuilder().setOpType("Split")
                .addInput("y").addInput("p").addOutput("x").addOutput("second").addAttribute(OnnxFile.attribute("axis",
                        1)))).initializer(OnnxFile.longs("p", 2, 3));
        RecoveryNetwork network = file.read();
        assertEquals("[x[B, 2], second[B, 3]]", network.outputs().toString());
        assertSettled("[y[B, 5]]", "{axis=1, split=[2, 3]}", network.nodes().get(0));
        List<double[]> outputs = new ReferenceExecutor(network).run(new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 0}, 2);
        assertArrayEquals(new double[] {1, 2, 6, 7}, outputs.get(0));
        assertArrayEquals(new double[] {3, 4, 5, 8, 9, 0}, outputs.get(1));
        OnnxRoundTripTest.assertSame(network, OnnxReader.read(OnnxWriter.encode(network), "again"));
    }

    @Test
    void split_thatDoesNotFit_isRefused() {
        assertRefused(file(5).node("Split", "y,p", "x", OnnxFile.attribute("axis", 1))
                .initializer(OnnxFile.longs("p", 4)), "does not sum up to dimension 1");
        assertRefused(file(5).graph(graph -> graph.addNode(NodeProto.newBuilder().setOpType("Split").addInput("y")
                .addOutput("x").addOutput("z").addAttribute(OnnxFile.attribute("axis", 1)))),
                "does not divide into 2 equal parts");
        assertRefused(file(5).node("Split", "y", "x"), "is the batch");
    }

    @Test
    void shapes_ofTheBatch_keepTheBatchFirst() {
        OnnxFile view = file(2, 3).node("Shape", "y", "s").node("Gather", "s,i", "b")
                .initializer(OnnxFile.longs("i", 0)).node("Concat", "b,rest", "t", OnnxFile.attribute("axis", 0))
                .initializer(OnnxFile.longs("rest", 6)).node("Reshape", "y,t", "x");
        Node node = only(view);
        assertEquals(Operator.RESHAPE, node.operator());
        assertArrayEquals(new long[] {0, 6}, node.inputs().get(1).integers());
        OnnxFile product = file(2, 3).node("Shape", "y", "s").node("Gather", "s,i", "b").node("Mul", "b,two", "b2")
                .initializer(OnnxFile.longs("i", 0)).initializer(OnnxFile.longs("two", 2))
                .node("Concat", "b2,rest", "t", OnnxFile.attribute("axis", 0)).initializer(OnnxFile.longs("rest", 3))
                .node("Reshape", "y,t", "x");
        assertRefused(product, "node 'to-b2' (Mul): computes with the number of frames");
        assertRefused(file(2).node("Shape", "y", "s").node("Cast", "s", "f", OnnxFile.attribute("to", 1))
                .node("Mul", "y,f", "x"), "computes with the number of frames");
        OnnxFile last = file(2, 3).node("Shape", "y", "s").node("Gather", "s,i", "t")
                .initializer(OnnxFile.longs("i", 1, 2, 0)).node("Reshape", "y,t", "x");
        assertRefused(last, "has the number of frames as dimension 2");
    }

    @Test
    void shapeOperators_ofMeasurements_areRefused() {
        assertRefused(file(2).node("Floor", "y", "x"), "supported only where it computes shapes");
        assertRefused(file(2).node("Cast", "y", "x", OnnxFile.attribute("to", 7)), "only constants may be made");
        assertRefused(file(2).node("Cast", "y", "x", OnnxFile.attribute("to", 10)), "float16");
        assertRefused(file(2).node("Gather", "y,i", "x", OnnxFile.attribute("axis", 1))
                .initializer(OnnxFile.longs("i", 0, 1)), "of what is computed, one");
        assertRefused(file(2).node("Equal", "y,y", "x"), "must be a constant list of int64; it is computed");
    }

    @Test
    void integers_thatLeaveTheirRange_areRefused() {
        OnnxFile large = file(2).node("Mul", "a,a", "t").initializer(OnnxFile.longs("a", Long.MAX_VALUE))
                .node("Reshape", "y,t", "x");
        assertRefused(large, "leaves their range");
        OnnxFile zero = file(2).node("Div", "a,b", "t").initializer(OnnxFile.longs("a", 1))
                .initializer(OnnxFile.longs("b", 0)).node("Reshape", "y,t", "x");
        assertRefused(zero, "leaves their range");
        OnnxFile endless = file(2).node("Range", "a,b,c", "x").initializer(OnnxFile.longs("a", 0))
                .initializer(OnnxFile.longs("b", 1L << 40)).initializer(OnnxFile.longs("c", 1));
        assertRefused(endless, "at most 1048576 numbers");
        OnnxFile wide = file(2).node("ConstantOfShape", "a", "c").initializer(OnnxFile.longs("a", 1 << 20, 1 << 20))
                .node("Add", "y,c", "x");
        assertRefused(wide, "more than 16777216 elements");
    }

    @Test
    void template_withoutSizes_saysThatItIsOne() {
        OnnxFile template = file(1, "H", "W").node("Relu", "y", "x");
        assertRefused(template, "the file is a template for signals of any size");
        assertEquals("[x[B, 1, 4, 5]]", OnnxReader.read(template.bytes(), "t", 1, 4, 5).outputs().toString());
        String wrong = assertThrows(NetworkFormatException.class, () -> OnnxReader.read(template.bytes(), "t", 3, 4,
                5)).getMessage();
        assertTrue(wrong.contains("has 1 fixed as dimension 1, but 3 was asked for"), wrong);
        String rank = assertThrows(NetworkFormatException.class, () -> OnnxReader.read(template.bytes(), "t", 4, 5))
                .getMessage();
        assertTrue(rank.contains("has 3 dimensions behind the batch, but [4, 5] was asked for"), rank);
        assertThrows(NetworkFormatException.class, () -> OnnxReader.read(template.bytes(), "t", 1, -4, 5));
    }

    @Test
    void template_readFromAFile_isForOneSize(@TempDir Path folder) throws Exception {
        Path file = Files.write(folder.resolve("image.onnx"), file(1, "H", "W").node("Relu", "y", "x").bytes());
        RecoveryNetwork network = OnnxReader.read(file, 1, 2, 3);
        assertEquals("image", network.name());
        assertEquals(NetworkMetadata.of(6, 6, 1), network.metadata());
        assertThrows(NetworkFormatException.class, () -> OnnxReader.read(file));
    }

    /** A start of zeros for each frame is held once and stretches where it is used. */
    @Test
    void constantOfShape_overTheBatch_isHeldOnce() {
        OnnxFile zeros = file(2).node("Shape", "y", "s").node("ConstantOfShape", "s", "zero")
                .node("MatMul", "zero,w", "p").node("Sub", "y,p", "x")
                .initializer(OnnxFile.floats("w", new long[] {2, 2}, 1, 2, 3, 4));
        Node node = only(zeros);
        assertEquals("[y[B, 2], p[1, 2]]", node.inputs().toString());
        assertArrayEquals(new double[] {5, 6, 7, 8},
                new ReferenceExecutor(zeros.read()).run(new double[] {5, 6, 7, 8}, 2).get(0));
    }

    /** To bool whatever is not zero is true; int32 holds what fits. */
    @Test
    void cast_betweenTypes_followsOnnx() {
        OnnxFile file = new OnnxFile().input("y", "N", 3).output("x")
                .initializer(OnnxFile.floats("c", new long[] {3}, 0.5f, 0, -7))
                .node("Cast", "c", "bool", OnnxFile.attribute("to", 9))
                .node("Cast", "bool", "f", OnnxFile.attribute("to", 1)).node("Add", "y,f", "x");
        RecoveryNetwork network = OnnxReader.read(file.bytes(), "cast");
        assertArrayEquals(new double[] {1, 0, 1}, new ReferenceExecutor(network).run(new double[3], 1).get(0));
        assertRefused(new OnnxFile().input("y", "N", 3).output("x").initializer(OnnxFile.longs("c", 1L << 40))
                .node("Cast", "c", "i", OnnxFile.attribute("to", 6)).node("Neg", "y", "x"), "leaves their range");
    }
}
