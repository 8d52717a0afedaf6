package org.reluctor.opencl.operation;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Pointwise work on each feature of each frame: a small acyclic graph of terms, some of which are stored. Behind a
 * matrix product, the first term is the product's result, so that a whole chain (bias, two-ReLU soft threshold,
 * residual) costs no pass over memory of its own.
 *
 * <p>A soft threshold S_t(z) = relu(z − t) − relu(−z − t) is five terms: there is no function of its own for it,
 * because with a learned t below zero the sign·relu form and this one differ.
 *
 * <p>Built by one thread; not changed after the first {@link #text}.
 */
public final class Expression {
    private final List<String> lines = new ArrayList<>();
    private final List<Access> operands = new ArrayList<>();
    private int terms;
    private int outputs;

    /** The product's result as a term; only first, and only behind a product. */
    public int product() {
        if (terms != 0) {
            throw new IllegalStateException("the product is the first term");
        }
        return term("A");
    }

    /** A further operand as a term; a call gives operands in the order in which they were asked for. */
    public int operand(Access access) {
        int index = operands.size();
        operands.add(access);
        return term(switch (access) {
            case FRAME -> "FRAME(p" + index + ", f)";
            case FEATURE -> "FEATURE(p" + index + ", f)";
            case PERIODIC -> "PERIODIC(p" + index + ", n" + index + ", f)";
            case MAPPED -> "MAPPED(p" + index + ", m" + index + ", n" + index + ", f)";
            case JOINED -> "JOINED(p" + index + ", n" + index + ", f)";
            case SCALAR -> "(T)(p" + index + ")";
            default -> throw new IllegalArgumentException(access.name());
        });
    }

    /** A function of one earlier term. */
    public int apply(Function function, int a) {
        return term(function.text("t" + a, ""));
    }

    /** A function of two earlier terms. */
    public int apply(Function function, int a, int b) {
        return term(function.text("t" + a, "t" + b));
    }

    /** Stores a term; a call gives outputs in the order of these stores, after all operands. */
    public void store(int term) {
        lines.add("STORE(o" + outputs++ + ", f, t" + term + ");");
    }

    private int term(String text) {
        lines.add("const T t" + terms + " = " + text + ";");
        return terms++;
    }

    public List<Access> operands() {
        return List.copyOf(operands);
    }

    /** Number of stored terms, at least one in a valid expression. */
    public int outputs() {
        return outputs;
    }

    /** Terms computed for one feature, for operation counts. */
    public int terms() {
        return terms;
    }

    /** The macros OPERANDS and FINISH that the kernels are written around. */
    String text() {
        StringBuilder text = new StringBuilder("#define OPERANDS ");
        for (int i = 0; i < operands.size(); i++) {
            text.append(parameter(operands.get(i), i));
        }
        for (int i = 0; i < outputs; i++) {
            text.append(", const int o").append(i);
        }
        text.append("\n#define FINISH(T, A, FRAME, FEATURE, PERIODIC, MAPPED, JOINED, STORE, f) { \\\n");
        lines.forEach(line -> text.append("  ").append(line).append(" \\\n"));
        return text.append("}\n").toString();
    }

    private static String parameter(Access access, int index) {
        return switch (access) {
            case SCALAR -> ", const float p" + index;
            case MAPPED -> ", const int p" + index + ", const int m" + index + ", const int n" + index;
            case PERIODIC, JOINED -> ", const int p" + index + ", const int n" + index;
            case FRAME, FEATURE -> ", const int p" + index;
            default -> throw new IllegalArgumentException(access.name());
        };
    }

    /** Those names that stand for a float. */
    List<String> floatNames() {
        return IntStream.range(0, operands.size()).filter(i -> operands.get(i) == Access.SCALAR).mapToObj(i -> "p" + i)
                .toList();
    }

    /** The parameters' names in order, for a call that hands them on. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < operands.size(); i++) {
            names.add("p" + i);
            if (operands.get(i) == Access.MAPPED) {
                names.add("m" + i);
            }
            if (EnumSet.of(Access.MAPPED, Access.PERIODIC, Access.JOINED).contains(operands.get(i))) {
                names.add("n" + i);
            }
        }
        for (int i = 0; i < outputs; i++) {
            names.add("o" + i);
        }
        return names;
    }
}
