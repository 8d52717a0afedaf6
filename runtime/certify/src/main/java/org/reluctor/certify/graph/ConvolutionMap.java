package org.reluctor.certify.graph;

import java.util.Arrays;

/**
 * A convolution over one or two dimensions as a linear map of whole images, channels outermost, or its transpose, which
 * is ONNX's ConvTranspose. One dimension is two of which the first is 1.
 */
public final class ConvolutionMap implements LinearMap {
    /**
     * Sizes and steps along one axis.
     *
     * @param from     length before the convolution
     * @param to       length behind it
     * @param kernel   taps
     * @param stride   from one output to the next
     * @param dilation from one tap to the next
     * @param padding  before the first element
     */
    public record Axis(int from, int to, int kernel, int stride, int dilation, int padding) {
        /** The first output whose element at that tap is not before the beginning. */
        int first(int tap) {
            int offset = tap * dilation - padding;
            return offset >= 0 ? 0 : (-offset + stride - 1) / stride;
        }

        /** The last output whose element at that tap is not behind the end; below the first where there is none. */
        int last(int tap) {
            int offset = tap * dilation - padding;
            return offset >= from ? -1 : Math.min(to - 1, (from - 1 - offset) / stride);
        }

        int source(int output, int tap) {
            return output * stride + tap * dilation - padding;
        }

        /** The output that has an element at that tap; negative where there is none. */
        int output(int source, int tap) {
            int way = source - tap * dilation + padding;
            return way >= 0 && way % stride == 0 && way / stride < to ? way / stride : -1;
        }
    }

    private final int inputs;
    private final int outputs;
    private final int group;
    private final Axis down;
    private final Axis across;
    private final double[] weights;
    private final boolean transposed;
    private final Plane[] planes;

    /**
     * @param channels   of the convolution: before it, behind it, and how many groups they form
     * @param axes       height and width
     * @param weights    [channels behind][channels before / group][height][width]; shared, not copied
     * @param transposed whether the map is the convolution's transpose
     */
    public ConvolutionMap(int[] channels, Axis[] axes, double[] weights, boolean transposed) {
        inputs = channels[0];
        outputs = channels[1];
        group = channels[2];
        down = axes[0];
        across = axes[1];
        this.weights = weights;
        this.transposed = transposed;
        planes = new Plane[down.kernel() * across.kernel()];
        Arrays.setAll(planes, tap -> new Plane(down, across, tap));
    }

    private int before() {
        return inputs * down.from() * across.from();
    }

    private int behind() {
        return outputs * down.to() * across.to();
    }

    @Override
    public int rows() {
        return transposed ? before() : behind();
    }

    @Override
    public int columns() {
        return transposed ? behind() : before();
    }

    @Override
    public void addProduct(double[] x, double[] out) {
        walk(x, out, transposed, false);
    }

    @Override
    public void addMagnitudes(double[] x, double[] out) {
        walk(x, out, transposed, true);
    }

    @Override
    public void addTransposed(double[] y, double[] out) {
        walk(y, out, !transposed, false);
    }

    @Override
    public void addProducts(float[][] x, float[][] out, int columnCount) {
        if (transposed) {
            LinearMap.super.addProducts(x, out, columnCount);
            return;
        }
        RowSums.each(rows(), (long) rows() * longestForwards(), out, columnCount,
                (sums, row) -> gather(x, sums, row));
    }

    /** One output element: its channel's weights with the elements that they meet. */
    private void gather(float[][] x, RowSums sums, int element) {
        int perGroup = inputs / group;
        int taps = down.kernel() * across.kernel();
        int output = element / (down.to() * across.to());
        int row = element / across.to() % down.to();
        int column = element % across.to();
        for (int at = 0; at < perGroup * taps; at++) {
            int tap = at % taps;
            int sourceRow = down.source(row, tap / across.kernel());
            int sourceColumn = across.source(column, tap % across.kernel());
            if (sourceRow >= 0 && sourceRow < down.from() && sourceColumn >= 0 && sourceColumn < across.from()) {
                int input = output / (outputs / group) * perGroup + at / taps;
                sums.take(weights[output * perGroup * taps + at],
                        x[(input * down.from() + sourceRow) * across.from() + sourceColumn]);
            }
        }
    }

    @Override
    public void addTransposedProducts(float[][] y, float[][] out, int vectors) {
        if (transposed) {
            LinearMap.super.addTransposedProducts(y, out, vectors);
            return;
        }
        Meeting meeting = new Meeting();
        for (int at = 0; at < group * down.from() * across.from(); at++) {
            meeting.gather(y, at / (down.from() * across.from()), at % (down.from() * across.from()));
            meeting.addTo(out, vectors);
        }
    }

    /** The outputs that one place of a group's inputs goes into, all of its channels alike but for the weights. */
    private final class Meeting {
        private final int perGroup = inputs / group;
        private final int taps = down.kernel() * across.kernel();
        private final float[][] rows = new float[outputs / group * taps][];
        /** Of the first channel. */
        private final int[] weight = new int[rows.length];
        private final float[] factors = new float[rows.length];
        private final RowSums sums = new RowSums();
        private int count;
        private int first;

        void gather(float[][] y, int which, int place) {
            count = 0;
            first = which * perGroup * down.from() * across.from() + place;
            for (int tap = 0; tap < taps; tap++) {
                int row = down.output(place / across.from(), tap / across.kernel());
                int column = across.output(place % across.from(), tap % across.kernel());
                for (int at = 0; row >= 0 && column >= 0 && at < outputs / group; at++) {
                    int output = which * (outputs / group) + at;
                    float[] vector = y[(output * down.to() + row) * across.to() + column];
                    if (vector != null) {
                        rows[count] = vector;
                        weight[count++] = output * perGroup * taps + tap;
                    }
                }
            }
        }

        void addTo(float[][] out, int vectors) {
            for (int channel = 0; channel < perGroup; channel++) {
                for (int at = 0; at < count; at++) {
                    factors[at] = (float) weights[weight[at] + channel * taps];
                }
                sums.takeFirst(count, factors, rows);
                sums.addTo(out, first + channel * down.from() * across.from(), vectors);
            }
        }
    }

    @Override
    public void visitRow(int row, RowVisitor visitor) {
        if (transposed) {
            visitBackwards(row, visitor);
        } else {
            visitForwards(row, visitor);
        }
    }

    private void visitForwards(int element, RowVisitor visitor) {
        int perGroup = inputs / group;
        int taps = down.kernel() * across.kernel();
        int output = element / (down.to() * across.to());
        for (int tap = 0; tap < taps; tap++) {
            int row = down.source(element / across.to() % down.to(), tap / across.kernel());
            int column = across.source(element % across.to(), tap % across.kernel());
            if (row < 0 || row >= down.from() || column < 0 || column >= across.from()) {
                continue;
            }
            for (int at = 0; at < perGroup; at++) {
                int input = output / (outputs / group) * perGroup + at;
                visit((input * down.from() + row) * across.from() + column, (output * perGroup + at) * taps + tap,
                        visitor);
            }
        }
    }

    private void visitBackwards(int element, RowVisitor visitor) {
        int perGroup = inputs / group;
        int taps = down.kernel() * across.kernel();
        int input = element / (down.from() * across.from());
        for (int tap = 0; tap < taps; tap++) {
            int row = down.output(element / across.from() % down.from(), tap / across.kernel());
            int column = across.output(element % across.from(), tap % across.kernel());
            if (row < 0 || column < 0) {
                continue;
            }
            for (int at = 0; at < outputs / group; at++) {
                int output = input / perGroup * (outputs / group) + at;
                visit((output * down.to() + row) * across.to() + column,
                        (output * perGroup + input % perGroup) * taps + tap, visitor);
            }
        }
    }

    private void visit(int column, int weight, RowVisitor visitor) {
        if (weights[weight] != 0) {
            visitor.element(column, weights[weight]);
        }
    }

    private void walk(double[] x, double[] out, boolean backwards, boolean absolute) {
        int perGroup = inputs / group;
        for (int pair = 0; pair < outputs * perGroup; pair++) {
            int output = pair / perGroup;
            int near = (output / (outputs / group) * perGroup + pair % perGroup) * down.from() * across.from();
            int far = output * down.to() * across.to();
            for (int tap = 0; tap < planes.length; tap++) {
                double weight = weights[pair * planes.length + tap];
                planes[tap].add(x, out, absolute ? Math.abs(weight) : weight, near, far, backwards);
            }
        }
    }

    /** Which elements of a channel before and of one behind meet at one tap. */
    private static final class Plane {
        private final int rows;
        private final int columns;
        private final int stepDown;
        private final int step;
        private final int before;
        private final int width;
        private final int behind;

        Plane(Axis down, Axis across, int tap) {
            int tapDown = tap / across.kernel();
            int tapAcross = tap % across.kernel();
            rows = down.last(tapDown) - down.first(tapDown) + 1;
            columns = across.last(tapAcross) - across.first(tapAcross) + 1;
            step = across.stride();
            stepDown = down.stride() * across.from();
            before = down.source(down.first(tapDown), tapDown) * across.from()
                    + across.source(across.first(tapAcross), tapAcross);
            width = across.to();
            behind = down.first(tapDown) * width + across.first(tapAcross);
        }

        /** The channels begin at {@code near} and {@code far}. */
        void add(double[] x, double[] out, double weight, int near, int far, boolean backwards) {
            for (int row = 0; row < rows; row++) {
                int from = near + before + row * stepDown;
                int to = far + behind + row * width;
                if (backwards) {
                    for (int column = 0; column < columns; column++) {
                        out[from + column * step] += weight * x[to + column];
                    }
                } else {
                    for (int column = 0; column < columns; column++) {
                        out[to + column] += weight * x[from + column * step];
                    }
                }
            }
        }
    }

    @Override
    public int longestRow() {
        return transposed ? longestBackwards() : longestForwards();
    }

    @Override
    public int longestColumn() {
        return transposed ? longestForwards() : longestBackwards();
    }

    private int longestForwards() {
        return inputs / group * down.kernel() * across.kernel();
    }

    private int longestBackwards() {
        return outputs / group * down.kernel() * across.kernel();
    }
}
