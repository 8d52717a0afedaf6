package org.reluctor.learn.evaluation;

import org.reluctor.learn.data.Picture;

/**
 * SSIM after Wang, Bovik, Sheikh and Simoncelli (IEEE Transactions on Image Processing 13(4), 2004, eq. 13): window of
 * 11×11 pixels, Gaussian of σ = 1.5, K₁ = 0.01, K₂ = 0.03, dynamic range 1; the mean over all positions where the
 * window lies within the picture, without downsampling before.
 */
public final class StructuralSimilarity {
    private static final int SIDE = 11;
    private static final double C1 = 0.01 * 0.01;
    private static final double C2 = 0.03 * 0.03;
    private static final double[] WEIGHTS = weights(1.5);

    private StructuralSimilarity() {
    }

    private static double[] weights(double sigma) {
        double[] weights = new double[SIDE];
        double sum = 0;
        for (int at = 0; at < SIDE; at++) {
            double distance = at - (SIDE - 1) / 2;
            weights[at] = Math.exp(-distance * distance / (2 * sigma * sigma));
            sum += weights[at];
        }
        for (int at = 0; at < SIDE; at++) {
            weights[at] /= sum;
        }
        return weights;
    }

    /** Of two pictures of one size; NaN where a side has fewer than 11 pixels. */
    public static double of(Picture a, Picture b) {
        int width = a.width();
        int height = a.height();
        if (width < SIDE || height < SIDE) {
            return Double.NaN;
        }
        double[] meanA = filtered(width, height, a.luminance(), null);
        double[] meanB = filtered(width, height, b.luminance(), null);
        double[] squareA = filtered(width, height, a.luminance(), a.luminance());
        double[] squareB = filtered(width, height, b.luminance(), b.luminance());
        double[] product = filtered(width, height, a.luminance(), b.luminance());
        double sum = 0;
        for (int at = 0; at < meanA.length; at++) {
            double means = meanA[at] * meanB[at];
            double squares = meanA[at] * meanA[at] + meanB[at] * meanB[at];
            double variances = squareA[at] + squareB[at] - squares;
            sum += (2 * means + C1) * (2 * (product[at] - means) + C2) / ((squares + C1) * (variances + C2));
        }
        return sum / meanA.length;
    }

    /** The window's mean of a, or of a·b, at every position; rows first, then columns. */
    private static double[] filtered(int width, int height, float[] a, float[] b) {
        int across = width - SIDE + 1;
        double[] rows = new double[across * height];
        for (int at = 0; at < rows.length; at++) {
            int from = at / across * width + at % across;
            double sum = 0;
            for (int tap = 0; tap < SIDE; tap++) {
                sum += WEIGHTS[tap] * a[from + tap] * (b == null ? 1 : b[from + tap]);
            }
            rows[at] = sum;
        }
        double[] result = new double[across * (height - SIDE + 1)];
        for (int at = 0; at < result.length; at++) {
            double sum = 0;
            for (int tap = 0; tap < SIDE; tap++) {
                sum += WEIGHTS[tap] * rows[at + tap * across];
            }
            result[at] = sum;
        }
        return result;
    }
}
