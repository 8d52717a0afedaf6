package org.reluctor.opencl.operation;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How a {@link Convolution} is computed, and the order in which it reads its weights. */
public enum ConvolutionMethod {
    /** Tiles of positions by panels of 16 outputs: CPUs. */
    DIRECT,
    /** Vectors of 16 inputs: CPUs, for few outputs. */
    NARROW,
    /** Winograd's F(4×4, 3×3): CPUs, for 3×3 over many channels, with a quarter of the multiplications. */
    WINOGRAD,
    /** One work-item for each result: GPUs, and any driver's common ground. */
    PLAIN,
    /** One work-item for a frame, with loops of fixed length: FPGAs. */
    PIPELINE;

    private static final int LANES = Weights.PANEL_ROWS;
    private static final int FEW_OUTPUTS = 4;
    /** Points of a transformed tile, 6×6, and outputs of a block of weights. */
    private static final int POINTS = 36;
    private static final int BLOCK = 2 * LANES;
    /** Most 4×4 tiles that Winograd takes at once: what was quickest on AVX-512, and divides most images well. */
    private static final int WINOGRAD_TILES = 7;
    /**
     * Bytes of private memory for its transformed tiles. They lie on the stack of the thread that runs the kernel; in
     * the calling thread that is a Java stack, which may be 256 KiB in all.
     */
    private static final int WINOGRAD_BYTES = 128 << 10;

    /** The quickest method for these sizes in a form. */
    public static ConvolutionMethod of(KernelForm form, ImageLayout input, ImageLayout output,
            ConvolutionWindow window) {
        return switch (form) {
            case PANEL -> panel(input, output, window);
            case PLAIN, TILED -> PLAIN;
            case PIPELINE -> PIPELINE;
        };
    }

    private static ConvolutionMethod panel(ImageLayout input, ImageLayout output, ConvolutionWindow window) {
        // Where most of the tiles are padding, nothing is saved.
        boolean full = 2 * output.height() * output.width() >= 16 * tiles(output);
        return full && WINOGRAD.covers(input, output, window) ? WINOGRAD
                : NARROW.covers(input, output, window) ? NARROW : DIRECT;
    }

    /** Whether the method computes such a convolution. */
    boolean covers(ImageLayout input, ImageLayout output, ConvolutionWindow window) {
        int inputs = input.channels() / window.groups();
        int outputs = output.channels() / window.groups();
        return switch (this) {
            case NARROW -> inputs % LANES == 0 && outputs <= FEW_OUTPUTS;
            case WINOGRAD -> window.isThreeByThree() && inputs % LANES == 0 && outputs % BLOCK == 0
                    && winogradTiles(inputs) > 0
                    && input.rows() >= reach(output.height()) && input.pitch() >= reach(output.width());
            case DIRECT, PLAIN, PIPELINE -> true;
        };
    }

    /** Positions of the input that Winograd's tiles over so many results read. */
    public static int reach(int results) {
        return (results + 3) / 4 * 4 + 2;
    }

    static int tiles(ImageLayout output) {
        return (output.height() + 3) / 4 * ((output.width() + 3) / 4);
    }

    /** 4×4 tiles over so many channels, and their products with a block of weights, that fit on a stack; may be 0. */
    static int winogradTiles(int inputs) {
        return Math.min(WINOGRAD_TILES, WINOGRAD_BYTES / (POINTS * (inputs + BLOCK) * Float.BYTES));
    }

    /** Panels of 16 outputs that the direct form takes at once. */
    static int panels(int outputs) {
        return outputs <= LANES ? 1 : 2;
    }

    /** Stretches of 16 elements in which the pipeline form reads the weights of an output. */
    static int steps(int inputs, ConvolutionWindow window) {
        return Weights.panels(inputs * window.taps(), Weights.STEP_COLUMNS);
    }

    String file() {
        return "convolution_" + name().toLowerCase(Locale.ROOT);
    }

    List<String> parameters() {
        return this == WINOGRAD ? List.of("weights", "direct", "input") : List.of("weights", "input");
    }

    /** Elements of the packed weights of all groups. */
    int weights(int inputs, int outputs, ConvolutionWindow window) {
        return window.groups() * ofGroup(inputs / window.groups(), outputs / window.groups(), window);
    }

    private int ofGroup(int inputs, int outputs, ConvolutionWindow window) {
        return switch (this) {
            case DIRECT -> Weights.panels(outputs, panels(outputs) * LANES) * panels(outputs) * LANES * inputs
                    * window.taps();
            case NARROW, PLAIN -> outputs * inputs * window.taps();
            case WINOGRAD -> outputs * inputs * POINTS;
            case PIPELINE -> outputs * steps(inputs, window) * Weights.STEP_COLUMNS;
        };
    }

    /**
     * Brings weights into the order in which the method reads them.
     *
     * @param weights [output][input of its group][tap], as ONNX has them
     * @param inputs  channels of all groups
     * @param outputs channels of all groups
     * @return one group's behind the other's
     */
    public float[] pack(float[] weights, int inputs, int outputs, ConvolutionWindow window) {
        int groups = window.groups();
        if (groups == 1) {
            return packGroup(weights, inputs, outputs, window);
        }
        float[] packed = new float[weights(inputs, outputs, window)];
        int given = weights.length / groups;
        int taken = packed.length / groups;
        for (int group = 0; group < groups; group++) {
            float[] own = Arrays.copyOfRange(weights, group * given, (group + 1) * given);
            System.arraycopy(packGroup(own, inputs / groups, outputs / groups, window), 0, packed, group * taken,
                    taken);
        }
        return packed;
    }

    private float[] packGroup(float[] weights, int inputs, int outputs, ConvolutionWindow window) {
        if (this == WINOGRAD) {
            return WinogradTransform.weights(weights, inputs, outputs);
        }
        int taps = window.taps();
        float[] packed = new float[ofGroup(inputs, outputs, window)];
        for (int output = 0; output < outputs; output++) {
            for (int input = 0; input < inputs; input++) {
                for (int tap = 0; tap < taps; tap++) {
                    packed[place(output, tap * inputs + input, taps * inputs, outputs)] =
                            weights[(output * inputs + input) * taps + tap];
                }
            }
        }
        return packed;
    }

    /** @param element tap · inputs + input */
    private int place(int output, int element, int elements, int outputs) {
        int width = panels(outputs) * LANES;
        return switch (this) {
            case DIRECT -> (output / width * elements + element) * width + output % width;
            case NARROW -> output * elements + element;
            case PLAIN -> element * outputs + output;
            case PIPELINE -> output * Weights.panels(elements, Weights.STEP_COLUMNS) * Weights.STEP_COLUMNS + element;
            case WINOGRAD -> throw new IllegalStateException("transformed weights have an order of their own");
        };
    }
}
