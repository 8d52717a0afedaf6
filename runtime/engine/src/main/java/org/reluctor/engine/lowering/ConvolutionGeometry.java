package org.reluctor.engine.lowering;

import org.reluctor.network.Attributes;
import org.reluctor.network.Movement;
import org.reluctor.network.Node;
import org.reluctor.network.Operator;
import org.reluctor.network.Shape;
import org.reluctor.opencl.operation.ConvolutionMethod;
import org.reluctor.opencl.operation.ConvolutionWindow;
import org.reluctor.opencl.operation.ImageLayout;

/**
 * A convolution as the device computes it: over an input with its padding around it. One dimension is taken as two of
 * which the first is 1. A ConvTranspose is a convolution of stride 1 with the kernel turned round, over an input with
 * zeros between its elements.
 *
 * @param transposed whether it is a ConvTranspose
 * @param inputs     channels of the input
 * @param outputs    channels of the output
 * @param group      independent groups of channels
 * @param from       height and width of the input
 * @param to         height and width of the output
 * @param kernel     height and width
 * @param strides    along height and width
 * @param dilations  along height and width
 * @param pads       above and left
 */
record ConvolutionGeometry(boolean transposed, int inputs, int outputs, int group, int[] from, int[] to,
        int[] kernel, int[] strides, int[] dilations, int[] pads) {

    /** The geometry of a node in its settled form. */
    static ConvolutionGeometry of(Node node) {
        Shape x = node.inputs().get(0).shape();
        Shape y = node.output().shape();
        Attributes attributes = node.attributes();
        boolean line = x.rank() == 3;
        return new ConvolutionGeometry(node.operator() == Operator.CONV_TRANSPOSE, x.dim(1), y.dim(1),
                (int) attributes.integer("group", 1), plane(x), plane(y), plane(node.inputs().get(1).shape()),
                pair(attributes.integers("strides"), line, 1), pair(attributes.integers("dilations"), line, 1),
                pair(attributes.integers("pads"), line, 0));
    }

    private static int[] plane(Shape shape) {
        return new int[] {shape.rank() == 3 ? 1 : shape.dim(2), shape.dim(-1)};
    }

    private static int[] pair(long[] list, boolean line, int missing) {
        return line ? new int[] {missing, (int) list[0]} : new int[] {(int) list[0], (int) list[1]};
    }

    /** Output channels of a group. */
    private int groupOutputs() {
        return outputs / group;
    }

    /** Input channels of a group. */
    private int groupInputs() {
        return inputs / group;
    }

    ConvolutionWindow window() {
        int[] steps = transposed ? new int[] {1, 1} : strides;
        return new ConvolutionWindow(kernel[0], kernel[1], steps[0], steps[1], dilations[0], dilations[1], group);
    }

    /**
     * How the input must lie. Of a ConvTranspose all of it is taken as the image.
     *
     * @throws LoweringException if it is too large; without the node's name
     */
    ImageLayout layout() {
        ConvolutionWindow window = window();
        int rows = window.rowsFor(to[0]);
        int pitch = window.columnsFor(to[1]);
        if (window.isThreeByThree()) {
            rows = Math.max(rows, ConvolutionMethod.reach(to[0]));
            pitch = Math.max(pitch, ConvolutionMethod.reach(to[1]));
        }
        if (!transposed) {
            rows = Math.max(rows, pads[0] + from[0]);
            pitch = Math.max(pitch, pads[1] + from[1]);
        }
        if ((double) rows * pitch * inputs > Lowering.MOST_PLACES) {
            throw new LoweringException("an input of " + inputs + " × " + from[0] + " × " + from[1]
                    + ", which its padding and strides make " + inputs + " × " + rows + " × " + pitch
                    + ": more than the " + Lowering.MOST_PLACES + " elements that a device is given");
        }
        return transposed ? ImageLayout.bare(inputs, rows, pitch)
                : new ImageLayout(inputs, from[0], from[1], pads[0], pads[1], rows, pitch);
    }

    /** For each place of the layout, the input's element that belongs there, or {@link Movement#NOWHERE}. */
    int[] sources(ImageLayout layout) {
        int[] sources = new int[layout.features()];
        for (int position = 0; position < layout.rows() * layout.pitch(); position++) {
            int y = source(0, position / layout.pitch());
            int x = source(1, position % layout.pitch());
            boolean outside = y == Movement.NOWHERE || x == Movement.NOWHERE;
            for (int channel = 0; channel < inputs; channel++) {
                sources[position * inputs + channel] = outside ? Movement.NOWHERE
                        : (channel * from[0] + y) * from[1] + x;
            }
        }
        return sources;
    }

    /** The input's coordinate that lies at one of the layout along an axis. */
    private int source(int axis, int at) {
        int step = transposed ? strides[axis] : 1;
        int before = transposed ? dilations[axis] * (kernel[axis] - 1) - pads[axis] : pads[axis];
        int coordinate = Math.floorDiv(at - before, step);
        boolean between = Math.floorMod(at - before, step) != 0;
        return between || coordinate < 0 || coordinate >= from[axis] ? Movement.NOWHERE : coordinate;
    }

    /** The weights as [output][input of its group][tap]; ONNX has Conv so, ConvTranspose inputs first, turned round. */
    float[] weights(float[] all) {
        if (!transposed) {
            return all;
        }
        int taps = kernel[0] * kernel[1];
        float[] weights = new float[all.length];
        for (int at = 0; at < weights.length; at++) {
            int tap = at % taps;
            int input = at / taps % groupInputs();
            int output = at / taps / groupInputs();
            int first = output / groupOutputs() * groupInputs();
            weights[at] = all[((first + input) * groupOutputs() + output % groupOutputs()) * taps + taps - 1 - tap];
        }
        return weights;
    }
}
