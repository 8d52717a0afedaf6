package org.reluctor.opencl.operation;

/**
 * Weights as convolution_winograd reads them: G·w·Gᵀ for each pair of channels, computed in float64 (Lavin and Gray,
 * Fast Algorithms for Convolutional Neural Networks, CVPR 2016, equation 8, for other points than theirs).
 */
final class WinogradTransform {
    private static final int SIDE = 6;
    private static final int BLOCK = 2 * Weights.PANEL_ROWS;
    /** The interpolation points besides zero and infinity are ± these. */
    private static final double P1 = 0.625;
    private static final double P2 = 1.5;
    private static final double[][] G = matrix();

    private WinogradTransform() {
    }

    /** A row for each point: its powers over its distances to the other points. */
    private static double[][] matrix() {
        double[][] rows = new double[SIDE][];
        rows[0] = new double[] {1 / (P1 * P1 * P2 * P2), 0, 0};
        double distances1 = 2 * P1 * P1 * (P1 * P1 - P2 * P2);
        double distances2 = 2 * P2 * P2 * (P2 * P2 - P1 * P1);
        rows[1] = powers(P1, distances1);
        rows[2] = powers(-P1, distances1);
        rows[3] = powers(P2, distances2);
        rows[4] = powers(-P2, distances2);
        rows[5] = new double[] {0, 0, 1};
        return rows;
    }

    private static double[] powers(double point, double distances) {
        return new double[] {1 / distances, point / distances, point * point / distances};
    }

    /** From [output][input][3][3] to [block of 32 outputs][36][input][32]. */
    static float[] weights(float[] weights, int inputs, int outputs) {
        float[] packed = new float[SIDE * SIDE * inputs * outputs];
        for (int output = 0; output < outputs; output++) {
            for (int input = 0; input < inputs; input++) {
                int from = (output * inputs + input) * 9;
                for (int point = 0; point < SIDE * SIDE; point++) {
                    int at = ((output / BLOCK * SIDE * SIDE + point) * inputs + input) * BLOCK + output % BLOCK;
                    packed[at] = (float) transformed(weights, from, G[point / SIDE], G[point % SIDE]);
                }
            }
        }
        return packed;
    }

    private static double transformed(float[] weights, int from, double[] down, double[] ahead) {
        double sum = 0;
        for (int tap = 0; tap < 9; tap++) {
            sum += down[tap / 3] * ahead[tap % 3] * weights[from + tap];
        }
        return sum;
    }
}
