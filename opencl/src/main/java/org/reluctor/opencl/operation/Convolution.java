package org.reluctor.opencl.operation;

import java.util.List;

/**
 * z = W ∗ x for every position of an image, then an {@link Expression} on every z. Sums begin at the first position of
 * the input's layout, so that its zeros are the padding. Results are stored at the image of the output's layout, and
 * what is around it stays as it was.
 */
public final class Convolution extends TailOperation {
    /** Positions of a tile at most: with two panels their sums are 24 vectors of 16. */
    private static final int MOST_POSITIONS = 12;
    private static final int LANES = Weights.PANEL_ROWS;

    private final ConvolutionMethod method;
    private final ImageLayout input;
    private final ImageLayout output;
    private final ConvolutionWindow window;

    /**
     * A convolution.
     *
     * @throws IllegalArgumentException if the input's layout does not reach as far as the window, or the method is not
     *                                  for these sizes
     */
    public Convolution(ConvolutionMethod method, ImageLayout input, ImageLayout output, ConvolutionWindow window,
            Expression expression) {
        super(method.file(), expression, method.parameters());
        if (input.rows() < window.rowsFor(output.height()) || input.pitch() < window.columnsFor(output.width())) {
            throw new IllegalArgumentException(input + " ends before " + window + " does for " + output);
        }
        if (input.channels() % window.groups() != 0 || output.channels() % window.groups() != 0) {
            throw new IllegalArgumentException(window.groups() + " groups of " + input.channels() + " to "
                    + output.channels() + " channels");
        }
        if (!method.covers(input, output, window)) {
            throw new IllegalArgumentException(method + " is not for " + window + " from " + input + " to " + output);
        }
        this.method = method;
        this.input = input;
        this.output = output;
        this.window = window;
    }

    private int groupInputs() {
        return input.channels() / window.groups();
    }

    private int groupOutputs() {
        return output.channels() / window.groups();
    }

    /** Positions of a row that an item of the tiled forms takes at once. */
    private int tile() {
        return switch (method) {
            case WINOGRAD -> ConvolutionMethod.winogradTiles(groupInputs());
            case NARROW -> Math.min(LANES, output.width());
            default -> {
                int tiles = Weights.panels(output.width(), MOST_POSITIONS);
                yield Weights.panels(output.width(), tiles);
            }
        };
    }

    @Override
    String macros() {
        StringBuilder text = new StringBuilder();
        define(text, "GROUPS", window.groups(), "CI", groupInputs(), "CO", groupOutputs(),
                "IN_CHANNELS", input.channels(), "OUT_CHANNELS", output.channels());
        define(text, "H", output.height(), "W", output.width());
        define(text, "KH", window.height(), "KW", window.width(), "SY", window.strideY(), "SX", window.strideX());
        define(text, "DY", window.dilationY(), "DX", window.dilationX(), "TILE", tile(),
                "PANELS", ConvolutionMethod.panels(groupOutputs()));
        define(text, "IN_PITCH", input.pitch(), "IN_FEATURES", input.features());
        define(text, "OUT_PITCH", output.pitch(), "OUT_ORIGIN", output.origin(), "OUT_FEATURES", output.features());
        if (method == ConvolutionMethod.PIPELINE) {
            define(text, "STEPS", ConvolutionMethod.steps(groupInputs(), window));
            text.append(KernelText.part("pipeline"));
        }
        return text.toString();
    }

    private static void define(StringBuilder text, Object... namesAndValues) {
        for (int at = 0; at < namesAndValues.length; at += 2) {
            text.append("#define ").append(namesAndValues[at]).append(' ').append(namesAndValues[at + 1]).append('\n');
        }
    }

    @Override
    public List<Integer> sizes() {
        return List.of();
    }

    @Override
    public int items() {
        return switch (method) {
            case DIRECT -> output.height() * Weights.panels(output.width(), tile());
            case NARROW -> output.height();
            case PLAIN -> output.width() * output.channels();
            case WINOGRAD -> Weights.panels(ConvolutionMethod.tiles(output), tile());
            case PIPELINE -> 1;
        };
    }

    @Override
    public int rowsOfItems() {
        return switch (method) {
            case DIRECT -> window.groups()
                    * Weights.panels(groupOutputs(), ConvolutionMethod.panels(groupOutputs()) * LANES);
            case NARROW -> output.channels();
            case PLAIN -> output.height();
            case WINOGRAD -> window.groups();
            case PIPELINE -> 1;
        };
    }

    @Override
    public boolean isCoarse() {
        return method != ConvolutionMethod.PLAIN && method != ConvolutionMethod.PIPELINE;
    }

    @Override
    public WorkGroup workGroup() {
        return method == ConvolutionMethod.PLAIN ? WorkGroup.FREE : WorkGroup.ONE;
    }

    @Override
    public Batching batching() {
        return method == ConvolutionMethod.PIPELINE ? Batching.SINGLE : Batching.AXIS;
    }

    @Override
    public String describe() {
        return file() + " " + window.height() + "×" + window.width() + ", " + input.channels() + " to "
                + output.channels() + " channels of " + output.height() + "×" + output.width() + ", "
                + (window.groups() == 1 ? "" : "in " + window.groups() + " groups, ") + tailTerms()
                + " pointwise";
    }

    /** Of the definition, whatever the method saves. */
    @Override
    public long operationsPerFrame() {
        return (long) output.height() * output.width() * output.channels()
                * (2L * window.taps() * groupInputs() + tailTerms());
    }

    @Override
    public long weightBytes() {
        return (long) method.weights(input.channels(), output.channels(), window) * Float.BYTES;
    }
}
