package org.reluctor.devicetests.portability;

import org.reluctor.opencl.operation.Function;

/** The functions of tails in float64. */
final class Functions {
    private Functions() {
    }

    static double exact(Function function, double a, double b) {
        return switch (function) {
            case ADD -> a + b;
            case SUB -> a - b;
            case MUL -> a * b;
            case DIV -> a / b;
            case NEG -> -a;
            case ABS -> Math.abs(a);
            case RELU -> Math.max(a, 0);
            case SIGN -> Math.signum(a);
            case MAX -> Math.max(a, b);
            case MIN -> Math.min(a, b);
            case LEAKY -> a < 0 ? a * b : a;
            case SQRT -> Math.sqrt(a);
            case SIGMOID -> 1 / (1 + Math.exp(-a));
            case TANH -> Math.tanh(a);
            case POW -> Math.pow(a, b);
            default -> throw new IllegalArgumentException("say here what " + function + " is");
        };
    }
}
