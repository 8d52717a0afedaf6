package org.reluctor.network;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The ONNX operators that a recovery network may use; semantics as the ONNX specification, opset 11 to 21. Those that
 * {@link #onlyShapes compute shapes only} never stand in a network: they are computed when it is read.
 */
public enum Operator {
    ABS("Abs"),
    ADD("Add"),
    BATCH_NORMALIZATION("BatchNormalization"),
    CAST("Cast"),
    CLIP("Clip"),
    CONCAT("Concat"),
    CONSTANT_OF_SHAPE("ConstantOfShape"),
    CONV("Conv"),
    CONV_TRANSPOSE("ConvTranspose"),
    DEPTH_TO_SPACE("DepthToSpace"),
    DIV("Div"),
    EQUAL("Equal"),
    EXPAND("Expand"),
    FLATTEN("Flatten"),
    FLOOR("Floor"),
    GATHER("Gather"),
    GEMM("Gemm"),
    IDENTITY("Identity"),
    LEAKY_RELU("LeakyRelu"),
    MATMUL("MatMul"),
    MAX("Max"),
    MIN("Min"),
    MUL("Mul"),
    NEG("Neg"),
    PAD("Pad"),
    POW("Pow"),
    PRELU("PRelu"),
    RANGE("Range"),
    REDUCE_L2("ReduceL2"),
    REDUCE_MAX("ReduceMax"),
    REDUCE_MEAN("ReduceMean"),
    REDUCE_SUM("ReduceSum"),
    RELU("Relu"),
    RESHAPE("Reshape"),
    SHAPE("Shape"),
    SIGMOID("Sigmoid"),
    SIGN("Sign"),
    SLICE("Slice"),
    SPACE_TO_DEPTH("SpaceToDepth"),
    SPLIT("Split"),
    SQRT("Sqrt"),
    SQUEEZE("Squeeze"),
    SUB("Sub"),
    TANH("Tanh"),
    TRANSPOSE("Transpose"),
    UNSQUEEZE("Unsqueeze"),
    WHERE("Where");

    private final String onnxName;

    Operator(String onnxName) {
        this.onnxName = onnxName;
    }

    /** The operator's type in an ONNX file. */
    public String onnxName() {
        return onnxName;
    }

    /** Whether it may only compute shapes and other constants, so that no node of a network has it. */
    public boolean onlyShapes() {
        return switch (this) {
            case CAST, CONSTANT_OF_SHAPE, EQUAL, FLOOR, GATHER, RANGE, SHAPE, WHERE -> true;
            default -> false;
        };
    }

    /** The operator of that ONNX type, if it is supported. */
    public static Optional<Operator> ofOnnxName(String name) {
        return Arrays.stream(values()).filter(operator -> operator.onnxName.equals(name)).findFirst();
    }

    /** All supported types, for messages; the reader resolves {@code Constant} into constant values by itself. */
    public static String supportedNames() {
        return Arrays.stream(values()).map(Operator::onnxName).collect(Collectors.joining(", ", "", ", Constant"));
    }
}
