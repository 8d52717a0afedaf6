package org.reluctor.network;

import java.util.List;

/**
 * What every {@link Operator} means, in float64: the family that knows it is asked. Nothing is rewritten: a learned
 * threshold that has become negative makes Sign(x)·Relu(|x| − t) jump at zero, and so it does here.
 */
final class ReferenceOperators {
    private ReferenceOperators() {
    }

    /**
     * The outputs of one call.
     *
     * @param call   in its settled form
     * @param inputs elements of the call's inputs, null for integers
     * @param dims   dimensions of each output as {@link ShapeInference} found them, the batch a number
     */
    static List<ReferenceTensor> apply(Call call, List<ReferenceTensor> inputs, List<int[]> dims) {
        if (call.operator() == Operator.SPLIT) {
            return ReferenceMovement.split(call, inputs.get(0), dims);
        }
        return List.of(single(call, inputs, dims.get(0)));
    }

    private static ReferenceTensor single(Call call, List<ReferenceTensor> inputs, int[] dims) {
        ReferenceTensor x = inputs.get(0);
        Attributes attributes = call.attributes();
        return switch (call.operator()) {
            case CAST, FLATTEN, IDENTITY, RESHAPE, SQUEEZE, UNSQUEEZE -> new ReferenceTensor(dims, x.data());
            case CONCAT -> ReferenceMovement.concat(attributes, inputs, dims);
            case DEPTH_TO_SPACE, EXPAND, GATHER, PAD, SLICE, SPACE_TO_DEPTH, TRANSPOSE ->
                    ReferenceMovement.move(call, x, dims);
            case CONV -> ReferenceConvolution.conv(attributes, inputs, dims);
            case CONV_TRANSPOSE -> ReferenceConvolution.convTranspose(attributes, inputs, dims);
            case GEMM -> ReferenceProduct.gemm(inputs, attributes, dims);
            case MATMUL -> ReferenceProduct.matMul(x, inputs.get(1), dims);
            case REDUCE_L2 -> ReferenceReduction.l2(x, attributes, dims);
            case REDUCE_MAX -> ReferenceReduction.max(x, attributes, dims);
            case REDUCE_MEAN -> ReferenceReduction.mean(x, attributes, dims);
            case REDUCE_SUM -> ReferenceReduction.sum(x, attributes, dims);
            default -> ReferenceArithmetic.apply(call.operator(), attributes, inputs, dims);
        };
    }
}
