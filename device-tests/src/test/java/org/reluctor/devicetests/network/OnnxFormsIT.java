package org.reluctor.devicetests.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.reluctor.devicetests.network.ModelFile.list;
import static org.reluctor.devicetests.network.ModelFile.tensor;

import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.reluctor.app.selftest.OperatorTolerance;
import org.reluctor.network.OnnxReader;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.network.ReferenceExecutor;

/**
 * The forms that operators take from opset 11 to 21, and what exporters write to compute shapes: the same file in
 * ONNX Runtime and through our reader, which settles it into one form.
 */
class OnnxFormsIT {
    private static final long LAST = Long.MAX_VALUE;
    private static final int FRAMES = 3;
    private static final OnnxRuntimePartner ONNX_RUNTIME = new OnnxRuntimePartner();
    private static final OperatorTolerance CLOSE = new OperatorTolerance(1e-6, 1e-6);

    @ParameterizedTest
    @MethodSource({"movements", "reductions", "shapeComputations", "others"})
    void read_form_computesAsOnnxRuntime(ModelFile file) throws Exception {
        compare(file.bytes());
    }

    /** Every automatic padding with every stride, dilation and kernel, even and odd. */
    @ParameterizedTest
    @MethodSource("convolutions")
    void read_automaticPadding_computesAsOnnxRuntime(ModelFile file) throws Exception {
        compare(file.bytes());
    }

    private static void compare(byte[] bytes, int... frameDims) throws Exception {
        RecoveryNetwork network = frameDims.length == 0 ? OnnxReader.read(bytes, "form")
                : OnnxReader.read(bytes, "form", frameDims);
        Random random = new Random(4);
        float[] y = new float[FRAMES * network.metadata().m()];
        IntStream.range(0, y.length).forEach(at -> y[at] = (float) random.nextGaussian());
        double[] wide = IntStream.range(0, y.length).mapToDouble(at -> y[at]).toArray();
        double[] expected = new ReferenceExecutor(network).run(wide, FRAMES).get(0);
        float[] actual = ONNX_RUNTIME.run(bytes, network, y, FRAMES)[0];
        assertEquals(actual.length, expected.length);
        double excess = CLOSE.excess(expected, actual, element -> true);
        assertTrue(excess <= 1, () -> excess + " of the tolerance: " + network.nodes()
                + Arrays.toString(expected) + Arrays.toString(actual));
    }

    private static Named<ModelFile> named(String name, ModelFile file) {
        return Named.of(name, file);
    }

    static Stream<Named<ModelFile>> convolutions() {
        Random random = new Random(1);
        return IntStream.range(0, 120).mapToObj(at -> {
            boolean transposed = at % 2 == 0;
            String padding = List.of("SAME_UPPER", "SAME_LOWER", "VALID").get(at / 2 % 3);
            int kernel = 1 + random.nextInt(5);
            int stride = 1 + random.nextInt(transposed ? Math.min(3, kernel) : 3);
            // ONNX Runtime refuses the same size of what is dilated.
            int dilation = padding.equals("VALID") ? 1 + random.nextInt(2) : 1;
            int[] weights = {2, 2, kernel, kernel + 1};
            ModelFile file = new ModelFile(11 + at % 8, 2, 9 + random.nextInt(6), 11);
            return named((transposed ? "ConvTranspose " : "Conv ") + padding + " kernel " + kernel + " stride " + stride
                    + " dilation " + dilation, file.weights("w", at, weights)
                    .node(transposed ? "ConvTranspose" : "Conv", "y w", "x", "auto_pad", padding,
                            "strides", list(stride, stride), "dilations", list(dilation, 1)));
        });
    }

    static Stream<Named<ModelFile>> movements() {
        return Stream.of(
                named("Slice 11, all inputs", new ModelFile(11, 4, 9).integers("s", -5, 3).integers("e", -1, -LAST)
                        .integers("a", 2, -2).integers("t", 2, -1).node("Slice", "y s e a t", "x")),
                named("Slice 13, no axes", new ModelFile(13, 4).integers("s", 0, 1).integers("e", LAST, LAST)
                        .node("Slice", "y s e", "x")),
                named("Slice 21, no axes but steps", new ModelFile(21, 5).integers("s", 0, 4)
                        .integers("e", LAST, -LAST).integers("t", 1, -2).node("Slice", "y s e - t", "x")),
                named("Squeeze 11", new ModelFile(11, 1, 4, 1).node("Squeeze", "y", "x", "axes", list(1, -1))),
                named("Squeeze 13", new ModelFile(13, 1, 4).integers("a", 1).node("Squeeze", "y a", "x")),
                named("Squeeze 13, no axes", new ModelFile(13, 1, 4).node("Squeeze", "y", "x")),
                named("Unsqueeze 11", new ModelFile(11, 4).node("Unsqueeze", "y", "x", "axes", list(3, 1))),
                named("Unsqueeze 21", new ModelFile(21, 4).integers("a", -1).node("Unsqueeze", "y a", "x")),
                named("Split 11, sizes", split(new ModelFile(11, 7), "y", "split", list(2, 5), "axis", 1)),
                named("Split 11, equal", split(new ModelFile(11, 6), "y", "axis", -1)),
                named("Split 13, sizes", split(new ModelFile(13, 7).integers("p", 3, 4), "y p", "axis", 1)),
                named("Split 18, number", split(new ModelFile(18, 7), "y", "axis", 1, "num_outputs", 2)),
                named("Pad 11", new ModelFile(11, 3).integers("p", 0, 1, 0, 2).number("v", 5)
                        .node("Pad", "y p v", "x")),
                named("Pad 13, reflect", new ModelFile(13, 3, 4).integers("p", 0, 1, 3, 0, 2, 0)
                        .node("Pad", "y p", "x", "mode", "reflect")),
                named("Pad 18, axes", new ModelFile(18, 3, 4).integers("p", 1, -1).integers("a", -1)
                        .node("Pad", "y p - a", "x")),
                named("Transpose, no perm behind the batch", new ModelFile(13, 2, 3)
                        .node("Transpose", "y", "x", "perm", list(0, 2, 1))),
                named("DepthToSpace, no mode", new ModelFile(13, 8, 2, 3)
                        .node("DepthToSpace", "y", "x", "blocksize", 2)),
                named("Expand", new ModelFile(13, 1, 3).integers("s", 1, 4, 1).node("Expand", "y s", "x")),
                named("Gather of one channel", new ModelFile(13, 3, 4).integer("i", -1)
                        .node("Gather", "y i", "x", "axis", 1)));
    }

    private static ModelFile split(ModelFile file, String inputs, Object... attributes) {
        return file.node("Split", inputs, "a b", attributes).node("Concat", "b a", "x", "axis", 1);
    }

    static Stream<Named<ModelFile>> reductions() {
        return Stream.of("ReduceMean", "ReduceSum", "ReduceMax", "ReduceL2").flatMap(operator -> Stream.of(
                operator.equals("ReduceSum") ? null : named(operator + " 13, attribute", new ModelFile(13, 3, 4)
                        .node(operator, "y", "x", "axes", list(-1, 1), "keepdims", 0)),
                named(operator + " 11, attribute", new ModelFile(11, 3, 4).node(operator, "y", "x", "axes", list(2))),
                named(operator + " 18, input", new ModelFile(18, 3, 4).integers("a", 1)
                        .node(operator, "y a", "x", "keepdims", 0)),
                operator.equals("ReduceL2") ? null : named(operator + " 18, empty axes", new ModelFile(18, 3)
                        .integers("a").node(operator, "y a", "x", "noop_with_empty_axes", 1)))
                .filter(form -> form != null));
    }

    static Stream<Named<ModelFile>> others() {
        return Stream.of(
                named("Clip 11, no min", new ModelFile(11, 6).number("m", 0.5f).node("Clip", "y - m", "x")),
                named("Clip 13, bounds crossed", new ModelFile(13, 6).number("a", 1).number("b", -1)
                        .node("Clip", "y a b", "x")),
                named("Pow of int64", new ModelFile(13, 6).integer("two", 2).node("Pow", "y two", "x")),
                named("Cast to float", new ModelFile(13, 6).node("Cast", "y", "x", "to", 1)),
                named("LeakyRelu, no alpha", new ModelFile(13, 6).node("LeakyRelu", "y", "x")),
                named("BatchNormalization 14", normalization(new ModelFile(14, 3, 4), "training_mode", 0)),
                named("BatchNormalization 11", normalization(new ModelFile(11, 3), "momentum", 0.9f)),
                named("ConvTranspose, output_shape", new ModelFile(11, 2, 5, 5).weights("w", 1, 2, 3, 3, 3)
                        .node("ConvTranspose", "y w", "x", "strides", list(2, 2), "output_shape", list(10, 8))),
                named("ConvTranspose, output_shape and SAME_UPPER", new ModelFile(13, 2, 5).weights("w", 1, 2, 1, 4)
                        .node("ConvTranspose", "y w", "x", "strides", list(2), "output_shape", list(9),
                                "auto_pad", "SAME_UPPER")),
                named("ConvTranspose, output_padding", new ModelFile(13, 2, 5).weights("w", 1, 2, 1, 4)
                        .node("ConvTranspose", "y w", "x", "strides", list(3), "output_padding", list(2),
                                "pads", list(1, 2), "kernel_shape", list(4))));
    }

    private static ModelFile normalization(ModelFile file, Object... attributes) {
        return file.weights("s", 1, 3).weights("b", 2, 3).weights("m", 3, 3).integers("shape", 3)
                .node("ConstantOfShape", "shape", "v", "value", ones())
                .node("BatchNormalization", "y s b m v", "x", attributes);
    }

    private static TensorProto.Builder ones() {
        return TensorProto.newBuilder().setDataType(1).addDims(1).addFloatData(1);
    }

    /** What the PyTorch exporters write for view(B, …), F.pad, expand, zeros and the like. */
    static Stream<Named<ModelFile>> shapeComputations() {
        return Stream.of(
                named("view(x.shape[0], -1)", new ModelFile(13, 3, 4).node("Shape", "y", "s").integer("zero", 0)
                        .node("Gather", "s zero", "b", "axis", 0).integers("at", 0).node("Unsqueeze", "b at", "bs")
                        .integers("rest", -1).node("Concat", "bs rest", "t", "axis", 0).node("Reshape", "y t", "x")),
                named("view with halves, opset 11", new ModelFile(11, 6, 4).node("Shape", "y", "s").integer("one", 1)
                        .integer("two", 2).integers("start", 0).integers("end", 1).node("Slice", "s start end", "b")
                        .node("Gather", "s one", "c").node("Div", "c two", "h")
                        .node("Unsqueeze", "h", "hs", "axes", list(0)).integers("rest", 2, -1)
                        .node("Concat", "b hs rest", "t", "axis", 0).node("Reshape", "y t", "x")),
                named("Shape of a part, opset 15", new ModelFile(15, 6, 4)
                        .node("Shape", "y", "b", "start", 0, "end", 1).integers("rest", 24)
                        .node("Concat", "b rest", "t", "axis", 0).node("Reshape", "y t", "x", "allowzero", 1)),
                named("F.pad", new ModelFile(13, 2, 3, 4).integers("given", 1, 2, 0, 1).integers("n", 4)
                        .node("ConstantOfShape", "n", "zeros", "value", tensor(0))
                        .node("Concat", "given zeros", "all", "axis", 0).integers("pairs", -1, 2)
                        .node("Reshape", "all pairs", "rows").integers("last", -1).integers("first", -LAST)
                        .integers("axis", 0).integers("back", -1).node("Slice", "rows last first axis back", "turned")
                        .node("Transpose", "turned", "columns", "perm", list(1, 0)).integers("flat", -1)
                        .node("Reshape", "columns flat", "pads").node("Cast", "pads", "p", "to", 7)
                        .number("v", 0.5f).node("Pad", "y p v", "x")),
                named("expand(-1, 3, -1)", new ModelFile(13, 1, 4).integers("wanted", -1, 3, -1).integers("three", 3)
                        .node("ConstantOfShape", "three", "ones", "value", tensor(1)).integer("minus", -1)
                        .node("Mul", "ones minus", "signs").node("Equal", "wanted signs", "same")
                        .node("Where", "same ones wanted", "s").node("Expand", "y s", "x")),
                named("expand(B, 3, -1)", new ModelFile(13, 1, 4).node("Shape", "y", "d").integers("z", 0)
                        .node("Gather", "d z", "b").integers("rest", 3, -1)
                        .node("Concat", "b rest", "wanted", "axis", 0).integers("three", 3)
                        .node("ConstantOfShape", "three", "ones", "value", tensor(1)).integer("minus", -1)
                        .node("Mul", "ones minus", "signs")
                        .node("Equal", "wanted signs", "same").node("Where", "same ones wanted", "s")
                        .node("Expand", "y s", "x")),
                named("zeros(B, n)", new ModelFile(13, 4).node("Shape", "y", "s").node("ConstantOfShape", "s", "zero")
                        .weights("w", 1, 4, 4).node("MatMul", "zero w", "p").node("Sub", "y p", "x")),
                named("weights from Φ by view", new ModelFile(13, 1, 6, 6).weights("Phi", 1, 4, 9)
                        .integers("shape", 4, 1, 3, 3).node("Reshape", "Phi shape", "w")
                        .node("Conv", "y w", "m", "strides", list(3, 3)).integers("back", 9, 4, 1, 1)
                        .node("Transpose", "Phi", "PhiT", "perm", list(1, 0)).node("Reshape", "PhiT back", "wt")
                        .node("Conv", "m wt", "z").node("DepthToSpace", "z", "x", "blocksize", 3, "mode", "CRD")),
                named("1 / sqrt of a dimension", new ModelFile(13, 4).node("Shape", "y", "s").integer("one", 1)
                        .node("Gather", "s one", "n").node("Cast", "n", "real", "to", 1).node("Sqrt", "real", "root")
                        .node("Div", "y root", "x")),
                named("arange", new ModelFile(13, 4).integer("a", 0).integer("n", 4).integer("d", 1)
                        .node("Range", "a n d", "r").node("Cast", "r", "real", "to", 1).node("Mul", "y real", "x")),
                named("floor of half a dimension", new ModelFile(13, 5).node("Shape", "y", "s").integer("one", 1)
                        .node("Gather", "s one", "n").node("Cast", "n", "real", "to", 1).number("two", 2)
                        .node("Div", "real two", "half").node("Floor", "half", "f").node("Cast", "f", "h", "to", 7)
                        .integers("zero", 0).node("Unsqueeze", "h zero", "end").integers("axis", 1)
                        .node("Slice", "y zero end axis", "x")));
    }

    @ParameterizedTest
    @MethodSource("templates")
    void read_templateOfAnySize_computesAsOnnxRuntime(int height, int width) throws Exception {
        ModelFile file = new ModelFile(13, 1, "H", "W").weights("Phi", 1, 4, 1, 2, 2).weights("w", 2, 4, 4, 1, 1)
                .node("Conv", "y Phi", "m", "strides", list(2, 2)).node("Conv", "m w", "z")
                .node("DepthToSpace", "z", "x0", "blocksize", 2, "mode", "CRD").node("Shape", "y", "s")
                .node("Reshape", "x0 s", "x");
        compare(file.bytes(), 1, height, width);
    }

    static Stream<Arguments> templates() {
        return Stream.of(Arguments.of(4, 6),
                Arguments.of(8, 2));
    }
}
