package org.reluctor.certify.graph;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WinogradMajorantTest {
    /** On positive numbers the magnitudes are never less than the convolution itself, wherever a tile ends. */
    @Test
    void magnitudes_ofRandomImages_areNoLessThanTheConvolutions() {
        SplittableRandom random = new SplittableRandom(1);
        for (int[] shape : new int[][] {{5, 7, 1, 1}, {4, 4, 2, 1}, {9, 6, 1, 2}, {3, 3, 0, 1}}) {
            int padding = shape[2] > 1 ? 1 : shape[2];
            ConvolutionMap.Axis[] axes = {axis(shape[0], padding), axis(shape[1], padding)};
            int[] channels = {4, 6, shape[3]};
            double[] weights = random.doubles(6 * 4 / shape[3] * 9, -1, 1).toArray();
            WinogradMajorant majorant = new WinogradMajorant(channels, axes, weights);
            ConvolutionMap plain = new ConvolutionMap(channels, axes, weights, false);
            double[] image = random.doubles(majorant.columns(), 0, 1).toArray();
            double[] large = new double[majorant.rows()];
            double[] small = new double[plain.rows()];
            majorant.addMagnitudes(image, large);
            plain.addMagnitudes(image, small);
            double ratio = 0;
            for (int at = 0; at < large.length; at++) {
                // Whatever is transformed back and forth without rounding is the convolution.
                assertTrue(large[at] >= small[at] * (1 - 1e-12) && large[at] < 1000 * (small[at] + 1));
                ratio = Math.max(ratio, large[at] / small[at]);
            }
            assertTrue(ratio > 2, "the way over transforms costs accuracy: " + ratio);
        }
    }

    private static ConvolutionMap.Axis axis(int length, int padding) {
        return new ConvolutionMap.Axis(length, length + 2 * padding - 2, 3, 1, 1, padding);
    }
}
