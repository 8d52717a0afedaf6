package org.reluctor.engine.lowering;

import org.reluctor.network.Attributes;
import org.reluctor.network.Movement;
import org.reluctor.network.Node;
import org.reluctor.network.Operator;
import org.reluctor.network.Shape;

/**
 * Which inputs each output of a convolution reads. One dimension is taken as two of which the first is 1.
 *
 * @param transposed  whether it is a ConvTranspose
 * @param inputs      channels of the input
 * @param outputChannels channels of the output
 * @param group       independent groups of channels
 * @param from        height and width of the input
 * @param to          height and width of the output
 * @param kernel      height and width
 * @param strides     along height and width
 * @param dilations   along height and width
 * @param pads        above and left
 */
record ConvolutionGeometry(boolean transposed, int inputs, int outputChannels, int group, int[] from, int[] to,
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

    int positions() {
        return to[0] * to[1];
    }

    /** Input channels of a group times taps. */
    int columnElements() {
        return inputs / group * kernel[0] * kernel[1];
    }

    /** For each position, channel of the group, and tap, the input's element, or {@link Movement#NOWHERE}. */
    int[] columns(int ofGroup) {
        int[] columns = new int[Math.multiplyExact(positions(), columnElements())];
        int at = 0;
        for (int position = 0; position < positions(); position++) {
            for (int channel = 0; channel < inputs / group; channel++) {
                int plane = (ofGroup * (inputs / group) + channel) * from[0] * from[1];
                at = taps(columns, at, position, plane);
            }
        }
        return columns;
    }

    private int taps(int[] columns, int start, int position, int plane) {
        int at = start;
        for (int row = 0; row < kernel[0]; row++) {
            int y = source(0, position / to[1], row);
            for (int column = 0; column < kernel[1]; column++) {
                int x = source(1, position % to[1], column);
                boolean outside = x == Movement.NOWHERE || y == Movement.NOWHERE;
                columns[at++] = outside ? Movement.NOWHERE : plane + y * from[1] + x;
            }
        }
        return at;
    }

    /** The input coordinate under a tap of the kernel along one axis. */
    private int source(int axis, int output, int tap) {
        int place = transposed ? output + pads[axis] - tap * dilations[axis]
                : output * strides[axis] - pads[axis] + tap * dilations[axis];
        if (transposed && Math.floorMod(place, strides[axis]) != 0) {
            return Movement.NOWHERE;
        }
        int coordinate = transposed ? place / strides[axis] : place;
        return place < 0 || coordinate >= from[axis] ? Movement.NOWHERE : coordinate;
    }

    /** A group's weights as [output channel][input channel][tap]; ONNX has Conv so, ConvTranspose inputs first. */
    float[] weights(float[] all, int ofGroup) {
        int perOutput = outputChannels / group;
        int perInput = inputs / group;
        int taps = kernel[0] * kernel[1];
        if (!transposed && group == 1) {
            return all;
        }
        float[] weights = new float[perOutput * perInput * taps];
        for (int at = 0; at < weights.length; at++) {
            int tap = at % taps;
            int input = at / taps % perInput;
            int output = at / taps / perInput;
            int from = transposed ? ((ofGroup * perInput + input) * perOutput + output) * taps + tap
                    : ((ofGroup * perOutput + output) * perInput + input) * taps + tap;
            weights[at] = all[from];
        }
        return weights;
    }
}
