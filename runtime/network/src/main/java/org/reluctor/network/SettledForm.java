package org.reluctor.network;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Brings every operator into the one form that {@link Node} describes, whatever operator set it comes from: what says
 * shapes and places becomes attributes, defaults are filled in, axes count from the front. Whoever reads a network
 * then need not know the history of ONNX. Settling what is settled changes nothing.
 */
final class SettledForm {
    private final boolean batchWasOne;
    private final UnaryOperator<Value> newConstant;

    /**
     * @param batchWasOne whether the file fixes the batch at 1, so that a Reshape to [1, …] keeps the batch
     * @param newConstant makes a constant known to the graph, where one takes another's place
     */
    SettledForm(boolean batchWasOne, UnaryOperator<Value> newConstant) {
        this.batchWasOne = batchWasOne;
        this.newConstant = newConstant;
    }

    /**
     * The call in its settled form.
     *
     * @param outputName for names of constants that take others' places
     */
    Call settle(Call call, String outputName) {
        return switch (call.operator()) {
            case BATCH_NORMALIZATION -> normalization(call);
            case CAST -> cast(call);
            case CLIP -> clip(call);
            case CONCAT -> SliceRule.settleConcat(call);
            case CONV, CONV_TRANSPOSE -> ConvolutionRule.settle(call);
            case DEPTH_TO_SPACE, SPACE_TO_DEPTH -> ArrangementRule.settleBlocks(call);
            case EXPAND -> ArrangementRule.settleExpand(call);
            case LEAKY_RELU -> call.with("alpha", call.attributes().real("alpha", 0.01f));
            case PAD -> ArrangementRule.settlePad(call);
            case POW -> power(call, outputName);
            case REDUCE_L2, REDUCE_MAX, REDUCE_MEAN, REDUCE_SUM -> ReductionRule.settle(call);
            case RESHAPE -> reshape(call, outputName);
            case SLICE -> SliceRule.settleSlice(call);
            case SPLIT -> SliceRule.settleSplit(call);
            case SQUEEZE -> ArrangementRule.settleSqueeze(call);
            case TRANSPOSE -> ArrangementRule.settleTranspose(call);
            case UNSQUEEZE -> ArrangementRule.settleUnsqueeze(call);
            default -> call;
        };
    }

    private static Call normalization(Call call) {
        if (call.attributes().integer("training_mode", 0) != 0) {
            throw new IllegalArgumentException("is in training mode; export the model for inference");
        }
        call.requireConstants(1);
        Shape x = call.shape(0);
        for (Value parameter : call.inputs().subList(1, 5)) {
            if (x.rank() < 2 || !parameter.shape().equals(Shape.of(x.dim(1)))) {
                throw new IllegalArgumentException("the input is " + x + " and " + Quote.of(parameter.name()) + " "
                        + parameter.shape() + "; one element for each channel of [batch, channels, …] is right");
            }
        }
        return call.with("epsilon", call.attributes().real("epsilon", 1e-5f));
    }

    /** A Cast of what is computed can only be from float32 to float32; constants may change their kind. */
    private static Call cast(Call call) {
        long to = call.attributes().integer("to", 0);
        Value x = call.inputs().get(0);
        if (to == IntegerFolding.FLOAT32 && x.integers() == null) {
            return new Call(Operator.IDENTITY, call.inputs(), Attributes.NONE, call.outputs());
        }
        if (!x.isConstant() || to != IntegerFolding.FLOAT32 && !IntegerFolding.isInteger(to)) {
            throw new IllegalArgumentException("converts " + x + " to " + OnnxTensors.typeName(Math.toIntExact(
                    Math.max(-1, Math.min(to, Integer.MAX_VALUE)))) + "; the network computes in float32, and only"
                    + " constants may be made integers");
        }
        return call.with("to", to);
    }

    /** A bound that is left out is the last finite number, as ONNX says: an infinity does not pass. */
    private static Call clip(Call call) {
        Float least = call.number("min", 1);
        Float most = call.number("max", 2);
        return call.keepInputs(1).with("min", least == null ? -Float.MAX_VALUE : least,
                "max", most == null ? Float.MAX_VALUE : most);
    }

    /** Exponents may be integers in a file. */
    private Call power(Call call, String outputName) {
        Value exponent = call.inputs().get(1);
        if (exponent.integers() == null) {
            return call;
        }
        float[] real = new float[exponent.integers().length];
        for (int at = 0; at < real.length; at++) {
            real[at] = exponent.integers()[at];
        }
        return new Call(Operator.POW, List.of(call.inputs().get(0), newConstant.apply(Value.constant(
                outputName + ":exponent", exponent.shape(), real))), Attributes.NONE, call.outputs());
    }

    /** A Reshape free of what depends on {@code allowzero}, on a batch fixed at 1, and on the number of frames. */
    private Call reshape(Call call, String outputName) {
        Value data = call.inputs().get(0);
        long[] target = ShapeInference.target(call.inputs().get(1));
        if (call.attributes().integer("allowzero", 0) != 0 && Arrays.stream(target).anyMatch(dim -> dim == 0)) {
            throw new IllegalArgumentException("the target " + Axes.shown(target)
                    + " asks with allowzero for a dimension of 0; right are 1 and more");
        }
        boolean batch = data.shape().hasBatch();
        boolean first = target.length > 0
                && (target[0] == IntegerFolding.BATCH || batch && batchWasOne && target[0] == 1);
        if (!first) {
            return call.with();
        }
        long[] symbolic = target.clone();
        symbolic[0] = batch ? 0 : 1;
        Value settled = Value.constant(outputName + ":target", Shape.of(symbolic.length), symbolic);
        return new Call(Operator.RESHAPE, List.of(data, newConstant.apply(settled)), Attributes.NONE, call.outputs());
    }
}
