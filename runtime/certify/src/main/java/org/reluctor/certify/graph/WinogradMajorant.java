package org.reluctor.certify.graph;

import org.reluctor.certify.graph.ConvolutionMap.Axis;

/**
 * What the rounding of a 3×3 convolution is in proportion to where a device computes it as Winograd's F(4×4, 3×3): the
 * device's steps with all numbers replaced by their magnitudes, |Aᵀ|[Σ |GwGᵀ| ⊙ (|Bᵀ||d||B|)]|A| over tiles of 4×4
 * results (B. Barabasz et al., "Error analysis and improving the accuracy of Winograd convolution", ACM Trans. Math.
 * Softw. 46(4), 2020, Theorem 1). Each of the three steps is a chain of at most {@link #TRANSFORM_STEPS} roundings in
 * each direction and one product a channel. The points are the device's: 0, ±5/8, ±3/2 and infinity.
 */
final class WinogradMajorant implements LinearMap {
    /** Most roundings on the way through one transform in one direction. */
    static final int TRANSFORM_STEPS = 3;
    private static final double P1 = 0.625;
    private static final double P2 = 1.5;
    private static final double Q1 = P1 * P1;
    private static final double Q2 = P2 * P2;
    /** |Bᵀ| in the order of the device's operations: what an intermediate cancels still counts. */
    private static final double[][] FORWARD = {{Q1 * Q2, 0, Q1 + Q2, 0, 1, 0}, {0, P1 * Q2, Q2, P1, 1, 0},
        {0, P1 * Q2, Q2, P1, 1, 0}, {0, P2 * Q1, Q1, P2, 1, 0}, {0, P2 * Q1, Q1, P2, 1, 0},
        {0, Q1 * Q2, 0, Q1 + Q2, 0, 1}};
    private static final double[][] BACKWARD = {{1, 1, 1, 1, 1, 0}, {0, P1, P1, P2, P2, 0}, {0, Q1, Q1, Q2, Q2, 0},
        {0, Q1 * P1, Q1 * P1, Q2 * P2, Q2 * P2, 1}};
    private static final double[][] WEIGHTS = weights();
    private static final int SIDE = 6;
    private static final int RESULTS = 4;
    /** A transformed weight that is flushed to zero is not lost, nor what float64 rounds here. */
    private static final double LEAST_WEIGHT = 0x1p-100;
    private static final double ROUNDED = 1 + 0x1p-40;

    private final int inputs;
    private final int outputs;
    private final int group;
    private final Axis down;
    private final Axis across;
    /** [output][input of its group][36]. */
    private final double[] transformed;

    /**
     * @param channels before, behind, groups
     * @param axes     height and width, of three taps and stride 1
     * @param elements the convolution's weights, [output][input / group][3][3]
     */
    WinogradMajorant(int[] channels, Axis[] axes, double[] elements) {
        inputs = channels[0];
        outputs = channels[1];
        group = channels[2];
        down = axes[0];
        across = axes[1];
        transformed = new double[elements.length / 9 * SIDE * SIDE];
        for (int at = 0; at < transformed.length; at++) {
            int from = at / (SIDE * SIDE) * 9;
            int point = at % (SIDE * SIDE);
            double sum = 0;
            double magnitude = 0;
            for (int tap = 0; tap < 9; tap++) {
                double product = WEIGHTS[point / SIDE][tap / 3] * WEIGHTS[point % SIDE][tap % 3] * elements[from + tap];
                sum += product;
                magnitude += Math.abs(product);
            }
            transformed[at] = Math.abs(sum) + 0x1p-48 * magnitude + LEAST_WEIGHT;
        }
    }

    /** G: a row for each point, its powers over its distances to the other points. */
    private static double[][] weights() {
        double first = 2 * Q1 * (Q1 - Q2);
        double second = 2 * Q2 * (Q2 - Q1);
        return new double[][] {{1 / (Q1 * Q2), 0, 0}, {1 / first, P1 / first, Q1 / first},
            {1 / first, -P1 / first, Q1 / first}, {1 / second, P2 / second, Q2 / second},
            {1 / second, -P2 / second, Q2 / second}, {0, 0, 1}};
    }

    /** Most roundings on the way to one result. */
    int operations() {
        return 4 * TRANSFORM_STEPS + inputs / group + 2;
    }

    @Override
    public int rows() {
        return outputs * down.to() * across.to();
    }

    @Override
    public int columns() {
        return inputs * down.from() * across.from();
    }

    @Override
    public void addMagnitudes(double[] x, double[] out) {
        int tilesDown = (down.to() + RESULTS - 1) / RESULTS;
        int tilesAcross = (across.to() + RESULTS - 1) / RESULTS;
        for (int tile = 0; tile < tilesDown * tilesAcross; tile++) {
            int top = tile / tilesAcross * RESULTS;
            int left = tile % tilesAcross * RESULTS;
            double[][] images = new double[inputs][];
            for (int input = 0; input < inputs; input++) {
                images[input] = both(FORWARD, patch(x, input, top, left));
            }
            for (int output = 0; output < outputs; output++) {
                store(both(BACKWARD, product(images, output)), out, new int[] {output, top, left});
            }
        }
    }

    /** 6×6 magnitudes; what lies beside the image is 0. */
    private double[] patch(double[] x, int input, int top, int left) {
        double[] patch = new double[SIDE * SIDE];
        for (int at = 0; at < patch.length; at++) {
            int row = top + at / SIDE - down.padding();
            int column = left + at % SIDE - across.padding();
            if (row >= 0 && row < down.from() && column >= 0 && column < across.from()) {
                patch[at] = x[(input * down.from() + row) * across.from() + column];
            }
        }
        return patch;
    }

    /** M·D·Mᵀ of a matrix of six columns. */
    private static double[] both(double[][] matrix, double[] d) {
        int size = matrix.length;
        double[] rows = new double[size * SIDE];
        for (int at = 0; at < rows.length; at++) {
            for (int k = 0; k < SIDE; k++) {
                rows[at] += matrix[at / SIDE][k] * d[k * SIDE + at % SIDE];
            }
        }
        double[] result = new double[size * size];
        for (int at = 0; at < result.length; at++) {
            for (int k = 0; k < SIDE; k++) {
                result[at] += matrix[at % size][k] * rows[at / size * SIDE + k];
            }
        }
        return result;
    }

    private double[] product(double[][] images, int output) {
        int perGroup = inputs / group;
        int first = output / (outputs / group) * perGroup;
        double[] product = new double[SIDE * SIDE];
        for (int input = 0; input < perGroup; input++) {
            int from = (output * perGroup + input) * SIDE * SIDE;
            for (int point = 0; point < product.length; point++) {
                product[point] += transformed[from + point] * images[first + input][point];
            }
        }
        return product;
    }

    private void store(double[] results, double[] out, int[] place) {
        for (int at = 0; at < results.length; at++) {
            int row = place[1] + at / RESULTS;
            int column = place[2] + at % RESULTS;
            if (row < down.to() && column < across.to()) {
                out[(place[0] * down.to() + row) * across.to() + column] += ROUNDED * results[at];
            }
        }
    }

    @Override
    public void addProduct(double[] x, double[] out) {
        throw new UnsupportedOperationException("magnitudes only");
    }

    @Override
    public void addTransposed(double[] y, double[] out) {
        throw new UnsupportedOperationException("magnitudes only");
    }

    @Override
    public void visitRow(int row, RowVisitor visitor) {
        throw new UnsupportedOperationException("magnitudes only");
    }

    @Override
    public int longestRow() {
        return inputs / group * SIDE * SIDE;
    }

    @Override
    public int longestColumn() {
        return outputs / group * SIDE * SIDE;
    }
}
