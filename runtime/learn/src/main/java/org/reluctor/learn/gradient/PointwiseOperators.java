package org.reluctor.learn.gradient;

import java.util.Arrays;
import java.util.List;
import org.reluctor.network.Attributes;
import org.reluctor.network.Node;

/** Operators that treat every element alike, as formulas. */
final class PointwiseOperators {
    private static final Formula A = Formula.input(0);
    private static final Formula B = Formula.input(1);

    private PointwiseOperators() {
    }

    static Tensor record(Tape tape, Node node, List<Tensor> in) {
        Attributes attributes = node.attributes();
        Tensor[] from = in.toArray(Tensor[]::new);
        return switch (node.operator()) {
            case ADD -> tape.pointwise(Elementary.ADD.of(A, B), from);
            case SUB -> tape.pointwise(Elementary.SUB.of(A, B), from);
            case MUL -> tape.pointwise(Elementary.MUL.of(A, B), from);
            case DIV -> tape.pointwise(Elementary.DIV.of(A, B), from);
            case POW -> tape.pointwise(Elementary.POW.of(A, B), from);
            case NEG -> tape.pointwise(Elementary.NEG.of(A), from);
            case ABS -> tape.pointwise(Elementary.ABS.of(A), from);
            case SIGN -> tape.pointwise(Elementary.SIGN.of(A), from);
            case RELU -> tape.pointwise(Elementary.RELU.of(A), from);
            case SQRT -> tape.pointwise(Elementary.SQRT.of(A), from);
            case TANH -> tape.pointwise(Elementary.TANH.of(A), from);
            case SIGMOID -> tape.pointwise(Elementary.SIGMOID.of(A), from);
            case LEAKY_RELU -> tape.pointwise(leaky(Formula.of(attributes.real("alpha", 0.01f))), from);
            case PRELU -> tape.pointwise(leaky(B), from);
            case CLIP -> tape.pointwise(Elementary.MIN.of(Elementary.MAX.of(A, bound(attributes, "min", -1)),
                    bound(attributes, "max", 1)), from);
            case MAX -> chain(tape, Elementary.MAX, from);
            case MIN -> chain(tape, Elementary.MIN, from);
            case BATCH_NORMALIZATION -> normalized(tape, attributes, from);
            default -> throw new IllegalArgumentException(node.operator().onnxName() + " " + node.label()
                    + " cannot be trained through");
        };
    }

    /** x above zero, else slope · x. */
    private static Formula leaky(Formula slope) {
        Formula negative = Elementary.RELU.of(Elementary.NEG.of(A));
        return Elementary.SUB.of(Elementary.RELU.of(A), Elementary.MUL.of(slope, negative));
    }

    private static Formula bound(Attributes attributes, String name, int sign) {
        return Formula.of(attributes.real(name, sign * Float.MAX_VALUE));
    }

    private static Tensor chain(Tape tape, Elementary function, Tensor[] from) {
        Tensor result = from[0];
        for (int at = 1; at < from.length; at++) {
            result = tape.pointwise(function.of(A, B), result, from[at]);
        }
        return result;
    }

    /** (x − mean) / √(variance + ε) · scale + shift, each with the element of x's channel. */
    private static Tensor normalized(Tape tape, Attributes attributes, Tensor[] from) {
        Formula spread = Elementary.SQRT.of(Elementary.ADD.of(Formula.input(4),
                Formula.of(attributes.real("epsilon", 1e-5f))));
        Formula normal = Elementary.DIV.of(Elementary.SUB.of(A, Formula.input(3)), spread);
        int[] channels = new int[from[0].rank()];
        Arrays.fill(channels, 1);
        channels[1] = from[0].dim(1);
        Tensor[] aligned = from.clone();
        for (int at = 1; at < aligned.length; at++) {
            aligned[at] = from[at].as(channels);
        }
        return tape.pointwise(Elementary.ADD.of(Elementary.MUL.of(normal, B), Formula.input(2)), aligned);
    }
}
