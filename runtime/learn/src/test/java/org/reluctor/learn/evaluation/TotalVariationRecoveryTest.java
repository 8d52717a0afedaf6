package org.reluctor.learn.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.reluctor.learn.measurement.MatrixDesigns;
import org.reluctor.network.MeasurementMatrix;

class TotalVariationRecoveryTest {
    private static final int SIDE = 16;
    private static final int N = SIDE * SIDE;

    /** A bright rectangle on black: 20 different edges, far from anything that 128 numbers determine linearly. */
    private static float[] rectangle() {
        float[] image = new float[N];
        for (int pixel = 0; pixel < N; pixel++) {
            boolean inside = pixel / SIDE > 3 && pixel / SIDE < 11 && pixel % SIDE > 5 && pixel % SIDE < 12;
            image[pixel] = inside ? 0.75f : 0;
        }
        return image;
    }

    private static float[] measured(MeasurementMatrix phi, float[] x) {
        float[] y = new float[phi.rows()];
        for (int row = 0; row < y.length; row++) {
            for (int at = 0; at < x.length; at++) {
                y[row] += phi.toArray()[row * x.length + at] * x[at];
            }
        }
        return y;
    }

    private static double psnr(float[] truth, float[] image, int frame) {
        double squares = 0;
        for (int at = 0; at < truth.length; at++) {
            double error = truth[at] - image[frame * truth.length + at];
            squares += error * error;
        }
        return 10 * Math.log10(truth.length / squares);
    }

    @Test
    void recover_imageOfFewEdges_isNearlyExactFromHalfOfTheNumbers() {
        MeasurementMatrix phi = MatrixDesigns.rowOrthonormal(N / 2, N, 1);
        float[] image = rectangle();
        float[] found = new TotalVariationRecovery(phi, 1e-3, 300).recover(measured(phi, image), 1);
        assertTrue(psnr(image, found, 0) > 40, () -> psnr(image, found, 0) + " dB");
    }

    @Test
    void recover_allPixelsMeasured_denoisesAsTheDefinitionSays() {
        // Φ = I: of a step from 0 to 0.75 over the whole width, TV moves both levels by λ / (pixels from edge to edge).
        MeasurementMatrix phi = MeasurementMatrix.dense(N, N, identity());
        float[] step = new float[N];
        for (int pixel = 0; pixel < N; pixel++) {
            step[pixel] = pixel / SIDE < 8 ? 0.25f : 0.75f;
        }
        float[] found = new TotalVariationRecovery(phi, 0.08, 500).recover(step, 1);
        for (int pixel = 0; pixel < N; pixel++) {
            assertEquals(pixel / SIDE < 8 ? 0.26 : 0.74, found[pixel], 1e-4, "pixel " + pixel);
        }
    }

    private static float[] identity() {
        float[] values = new float[N * N];
        for (int at = 0; at < N; at++) {
            values[at * N + at] = 1;
        }
        return values;
    }

    @Test
    void recover_severalFrames_givesEachAsIfAlone() {
        MeasurementMatrix phi = MatrixDesigns.rowOrthonormal(N / 4, N, 2);
        float[] y = measured(phi, rectangle());
        float[] two = new float[2 * y.length];
        System.arraycopy(y, 0, two, y.length, y.length);
        TotalVariationRecovery recovery = new TotalVariationRecovery(phi, 1e-2, 20);
        float[] alone = recovery.recover(y, 1);
        float[] both = recovery.recover(two, 2);
        for (int at = 0; at < N; at++) {
            assertEquals(alone[at], both[N + at], 0);
            assertEquals(0, both[at], 0);
        }
    }

    @Test
    void construct_noWeight_isRefused() {
        MeasurementMatrix phi = MatrixDesigns.rowOrthonormal(N / 4, N, 2);
        assertThrows(IllegalArgumentException.class, () -> new TotalVariationRecovery(phi, 0, 10));
    }
}
