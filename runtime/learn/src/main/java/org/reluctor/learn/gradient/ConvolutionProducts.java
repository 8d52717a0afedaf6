package org.reluctor.learn.gradient;

import org.reluctor.network.Attributes;
import org.reluctor.opencl.training.MatrixView;
import org.reluctor.opencl.training.PatchAxis;
import org.reluctor.opencl.training.Patches;
import org.reluctor.opencl.training.ProductSize;

/**
 * A convolution y = W ∗ x over one or two spatial axes, and what is linear in the same way: the gradient of x, which is
 * also what a transposed convolution computes, and that of W. Each is one product with patches.
 */
final class ConvolutionProducts {
    private final int frames;
    private final int group;
    private final int inputs;
    private final int outputs;
    private final int taps;
    private final int inArea;
    private final int outArea;
    private final Patches forward;
    private final Patches backward;

    /**
     * @param attributes settled, as ONNX Conv's
     * @param x          [frames, channels, …]
     * @param weights    [channels of y, channels of x / group, …]
     * @param y          [frames, channels, …]
     */
    ConvolutionProducts(Attributes attributes, int[] x, int[] weights, int[] y) {
        frames = x[0];
        group = (int) attributes.integer("group", 1);
        inputs = x[1] / group;
        outputs = y[1] / group;
        int axes = x.length - 2;
        PatchAxis[] there = new PatchAxis[] {PatchAxis.NONE, PatchAxis.NONE};
        PatchAxis[] back = there.clone();
        for (int axis = 0; axis < axes; axis++) {
            int stride = (int) attributes.integers("strides")[axis];
            int dilation = (int) attributes.integers("dilations")[axis];
            int pad = (int) attributes.integers("pads")[axis];
            int kernel = weights[axis + 2];
            there[axis + 2 - axes] = PatchAxis.convolution(kernel, y[axis + 2], x[axis + 2], stride, dilation, pad);
            back[axis + 2 - axes] = PatchAxis.transposed(kernel, x[axis + 2], y[axis + 2], stride, dilation, pad);
        }
        forward = new Patches(there[0], there[1]);
        backward = new Patches(back[0], back[1]);
        taps = there[0].kernel() * there[1].kernel();
        inArea = there[0].in() * there[1].in();
        outArea = there[0].out() * there[1].out();
    }

    /** y = W ∗ x. */
    Instruction output(Tensor y, Tensor weights, Tensor x) {
        ProductSize size = new ProductSize(outputs, inputs * taps, frames * outArea, group);
        return new Instruction.Product(y, size, weights, x, new Instruction.Views(weightView(),
                MatrixView.patches(0, inArea, group * inputs * inArea, forward).stacked(inputs * inArea), yView()));
    }

    /** x = Wᵀ ∗ y. */
    Instruction input(Tensor x, Tensor weights, Tensor y) {
        ProductSize size = new ProductSize(inputs, outputs * taps, frames * inArea, group);
        MatrixView turned = MatrixView.frames(0, taps, taps, inputs * taps).stacked(outputs * inputs * taps);
        MatrixView xView = MatrixView.frames(0, inArea, inArea, group * inputs * inArea).stacked(inputs * inArea);
        return new Instruction.Product(x, size, weights, y, new Instruction.Views(turned,
                MatrixView.patches(0, outArea, group * outputs * outArea, backward).stacked(outputs * outArea),
                xView));
    }

    /** W = Σ y xᵀ over frames and places. */
    Instruction weights(Tensor weights, Tensor y, Tensor x) {
        ProductSize size = new ProductSize(outputs, frames * outArea, inputs * taps, group);
        MatrixView patches = MatrixView.patches(0, inArea, group * inputs * inArea, forward)
                .stacked(inputs * inArea).transposed();
        return new Instruction.Product(weights, size, y, x, new Instruction.Views(yView(), patches, weightView()));
    }

    private MatrixView weightView() {
        return MatrixView.rows(0, inputs * taps).stacked(outputs * inputs * taps);
    }

    private MatrixView yView() {
        return MatrixView.frames(0, outArea, outArea, group * outputs * outArea).stacked(outputs * outArea);
    }
}
