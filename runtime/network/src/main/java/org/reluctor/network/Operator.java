package org.reluctor.network;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The ONNX operators that a recovery network may use; semantics as the ONNX specification, opset 11 to 21. */
public enum Operator {
    ABS("Abs"),
    ADD("Add"),
    DIV("Div"),
    FLATTEN("Flatten"),
    GEMM("Gemm"),
    IDENTITY("Identity"),
    MATMUL("MatMul"),
    MUL("Mul"),
    NEG("Neg"),
    RELU("Relu"),
    RESHAPE("Reshape"),
    SIGN("Sign"),
    SUB("Sub");

    private final String onnxName;

    Operator(String onnxName) {
        this.onnxName = onnxName;
    }

    /** The operator's type in an ONNX file. */
    public String onnxName() {
        return onnxName;
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
