package org.reluctor.opencl.operation;

/** A pointwise function as OpenCL C; A and B stand for its arguments, T for the scalar or vector type. */
public enum Function {
    ADD("A + B"),
    SUB("A - B"),
    MUL("A * B"),
    DIV("A / B"),
    NEG("-A"),
    ABS("fabs(A)"),
    /** Written as a comparison because fmax would swallow NaN. */
    RELU("(A <= (T)(0)) ? (T)(0) : A"),
    /** NaN and zeros stay what they are. */
    SIGN("(A > (T)(0)) ? (T)(1) : ((A < (T)(0)) ? (T)(-1) : A)"),
    /** NaN on either side is the result, as in the reference. */
    MAX("(A > B) ? A : ((A == A) ? B : A)"),
    MIN("(A < B) ? A : ((A == A) ? B : A)"),
    /** A where it is positive, A·B below: leaky and parametric ReLU. */
    LEAKY("(A < (T)(0)) ? A * B : A"),
    SQRT("sqrt(A)"),
    SIGMOID("(T)(1) / ((T)(1) + exp(-A))"),
    TANH("tanh(A)"),
    POW("pow(A, B)");

    private final String text;

    Function(String text) {
        this.text = text;
    }

    /** Whether there are two arguments. */
    public boolean isBinary() {
        return text.contains("B");
    }

    String text(String a, String b) {
        return text.replaceAll("\\bA\\b", a).replaceAll("\\bB\\b", b);
    }
}
