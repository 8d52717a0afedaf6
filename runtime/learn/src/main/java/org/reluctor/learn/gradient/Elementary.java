package org.reluctor.learn.gradient;

import java.util.List;

/**
 * What formulas are made of: in float64 for the host, as OpenCL C for scalars and vectors alike, and the derivative
 * with respect to each argument as a formula of the arguments and the value. Where a function has a kink the derivative
 * is one of its sides'; Sign and the comparisons have derivative 0.
 */
public enum Elementary {
    ADD("(%s + %s)"),
    SUB("(%s - %s)"),
    MUL("(%s * %s)"),
    DIV("(%s / %s)"),
    NEG("(-%s)"),
    ABS("fabs(%s)"),
    /** −1, 0 or 1. */
    SIGN("sign(%s)"),
    /** 1 above zero, else 0. */
    STEP("select((V)(0.0f), (V)(1.0f), %s > (V)(0.0f))"),
    RELU("select(%1$s, (V)(0.0f), %1$s <= (V)(0.0f))"),
    SQRT("sqrt(%s)"),
    TANH("tanh(%s)"),
    SIGMOID("((V)(1.0f) / ((V)(1.0f) + exp(-%s)))"),
    LOG("log(%s)"),
    POW("pow(%s, %s)"),
    MAX("fmax(%s, %s)"),
    MIN("fmin(%s, %s)"),
    /** 1 where the first is greater, else 0. */
    GREATER("select((V)(0.0f), (V)(1.0f), %s > %s)"),
    /** 1 where both are equal, else 0. */
    EQUAL("select((V)(0.0f), (V)(1.0f), %s == %s)"),
    /** 1 at zero and above, else -1; its derivative is taken as 1 from -1 to 1 and 0 beyond (straight through). */
    BINARY("select((V)(-1.0f), (V)(1.0f), %s >= (V)(0.0f))"),
    /** To the nearest whole number, halves to the even one; taken as the identity by derivatives (straight through). */
    ROUND("rint(%s)");

    private final String text;

    Elementary(String text) {
        this.text = text;
    }

    /** OpenCL C of a scalar or vector type V. */
    String text(List<String> arguments) {
        return String.format(text, arguments.toArray());
    }

    double apply(double a, double b) {
        return switch (this) {
            case ADD -> a + b;
            case SUB -> a - b;
            case MUL -> a * b;
            case DIV -> a / b;
            case NEG -> -a;
            case ABS -> Math.abs(a);
            case SIGN -> Math.signum(a);
            case STEP -> a > 0 ? 1 : 0;
            case RELU -> Math.max(a, 0);
            case SQRT -> Math.sqrt(a);
            case TANH -> Math.tanh(a);
            case SIGMOID -> 1 / (1 + Math.exp(-a));
            case LOG -> Math.log(a);
            case POW -> Math.pow(a, b);
            case MAX -> Math.max(a, b);
            case MIN -> Math.min(a, b);
            case GREATER -> a > b ? 1 : 0;
            case EQUAL -> a == b ? 1 : 0;
            case BINARY -> a >= 0 ? 1 : -1;
            case ROUND -> Math.rint(a);
        };
    }

    /**
     * ∂value/∂argument; null where it is 0 everywhere.
     *
     * @param arguments of the function
     * @param value     what it gave
     * @param argument  0 or 1
     */
    Formula derivative(List<Formula> arguments, Formula value, int argument) {
        Formula a = arguments.get(0);
        Formula b = arguments.size() > 1 ? arguments.get(1) : null;
        Formula one = Formula.of(1);
        return switch (this) {
            case ADD, ROUND -> one;
            case SUB -> argument == 0 ? one : Formula.of(-1);
            case MUL -> argument == 0 ? b : a;
            case DIV -> argument == 0 ? DIV.of(one, b) : NEG.of(DIV.of(value, b));
            case NEG -> Formula.of(-1);
            case ABS -> SIGN.of(a);
            case RELU -> STEP.of(value);
            case SQRT -> DIV.of(Formula.of(0.5), value);
            case TANH -> SUB.of(one, MUL.of(value, value));
            case SIGMOID -> MUL.of(value, SUB.of(one, value));
            case LOG -> DIV.of(one, a);
            case POW -> argument == 0 ? MUL.of(b, POW.of(a, SUB.of(b, one))) : MUL.of(value, LOG.of(a));
            // Where both are equal the first is taken.
            case MAX -> argument == 0 ? SUB.of(one, GREATER.of(b, a)) : GREATER.of(b, a);
            case MIN -> argument == 0 ? SUB.of(one, GREATER.of(a, b)) : GREATER.of(a, b);
            case BINARY -> SUB.of(one, GREATER.of(ABS.of(a), one));
            case SIGN, STEP, GREATER, EQUAL -> null;
        };
    }

    /** This function of those formulas. */
    public Formula of(Formula... arguments) {
        return new Formula.Call(this, List.of(arguments));
    }
}
