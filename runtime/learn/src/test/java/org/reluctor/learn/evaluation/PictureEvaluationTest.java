package org.reluctor.learn.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.reluctor.learn.algebra.NormalDraws;
import org.reluctor.learn.data.DataFormatException;
import org.reluctor.learn.data.Picture;
import org.reluctor.network.MeasurementMatrix;

class PictureEvaluationTest {
    private static Picture picture(String name, int width, int height, long seed) {
        NormalDraws draws = new NormalDraws(seed);
        float[] luminance = new float[width * height];
        for (int at = 0; at < luminance.length; at++) {
            luminance[at] = (float) Math.min(1, Math.max(0, 0.5 + 0.2 * draws.next()));
        }
        return new Picture(name, width, height, luminance);
    }

    private static Picture shifted(Picture picture, float by) {
        float[] luminance = picture.luminance().clone();
        for (int at = 0; at < luminance.length; at++) {
            luminance[at] += by;
        }
        return new Picture(picture.name(), picture.width(), picture.height(), luminance);
    }

    private static MeasurementMatrix identity(int n) {
        float[] entries = new float[n * n];
        for (int at = 0; at < n; at++) {
            entries[at * n + at] = 1;
        }
        return MeasurementMatrix.dense(n, n, entries);
    }

    @Test
    void psnr_constantError_isByHand() {
        Picture grey = new Picture("grey", 20, 16, filled(320, 0.5f));
        assertEquals(20, PictureFigures.of(grey, shifted(grey, 0.1f)).psnr(), 1e-4);
        assertEquals(100, PictureFigures.of(grey, grey).psnr(), "no error at all");
        Picture white = new Picture("white", 20, 16, filled(320, 1));
        assertEquals(100, PictureFigures.of(white, shifted(white, 0.3f)).psnr(), "a display shows no more than white");
    }

    private static float[] filled(int count, float value) {
        float[] values = new float[count];
        Arrays.fill(values, value);
        return values;
    }

    @Test
    void ssim_constantPictures_isTheLuminanceTermByHand() {
        Picture a = new Picture("a", 12, 11, filled(132, 0.4f));
        Picture b = new Picture("b", 12, 11, filled(132, 0.6f));
        double expected = (2 * 0.4 * 0.6 + 1e-4) / (0.4 * 0.4 + 0.6 * 0.6 + 1e-4);
        assertEquals(expected, StructuralSimilarity.of(a, b), 1e-6);
    }

    @Test
    void ssim_likeAndUnlikePictures_isOneMinusOneOrNearZero() {
        Picture a = picture("a", 30, 25, 4);
        assertEquals(1, StructuralSimilarity.of(a, a), 1e-12);
        float[] negative = a.luminance().clone();
        for (int at = 0; at < negative.length; at++) {
            negative[at] = 1 - negative[at];
        }
        assertTrue(StructuralSimilarity.of(a, new Picture("n", 30, 25, negative)) < -0.8, "a negative is unlike");
        Picture b = picture("b", 30, 25, 5);
        double unrelated = StructuralSimilarity.of(a, b);
        assertTrue(Math.abs(unrelated) < 0.15, "noise and other noise: " + unrelated);
        assertEquals(unrelated, StructuralSimilarity.of(b, a), 1e-12, "symmetric");
        assertTrue(Double.isNaN(StructuralSimilarity.of(picture("s", 10, 30, 1), picture("s", 10, 30, 2))));
    }

    @Test
    void ssim_anyPictures_isTheFormulaPositionByPosition() {
        Picture a = picture("a", 17, 14, 8);
        Picture b = shifted(picture("b", 17, 14, 9), 0.1f);
        double sum = 0;
        for (int position = 0; position < 7 * 4; position++) {
            sum += similarityAt(a, b, position % 7, position / 7);
        }
        assertEquals(sum / 28, StructuralSimilarity.of(a, b), 1e-12);
    }

    /** Equation 13 with the weighted moments of equations 14 to 16, term by term. */
    private static double similarityAt(Picture a, Picture b, int left, int top) {
        double[] moments = new double[6];
        for (int at = 0; at < 121; at++) {
            int x = at % 11;
            int y = at / 11;
            double weight = Math.exp(-((x - 5) * (x - 5) + (y - 5) * (y - 5)) / (2 * 1.5 * 1.5));
            double p = a.at(left + x, top + y);
            double q = b.at(left + x, top + y);
            double[] terms = {1, p, q, p * p, q * q, p * q};
            for (int term = 0; term < 6; term++) {
                moments[term] += weight * terms[term];
            }
        }
        double meanA = moments[1] / moments[0];
        double meanB = moments[2] / moments[0];
        double varianceA = moments[3] / moments[0] - meanA * meanA;
        double varianceB = moments[4] / moments[0] - meanB * meanB;
        double covariance = moments[5] / moments[0] - meanA * meanB;
        return (2 * meanA * meanB + 1e-4) * (2 * covariance + 9e-4)
                / ((meanA * meanA + meanB * meanB + 1e-4) * (varianceA + varianceB + 9e-4));
    }

    @Test
    void recover_perfectEstimator_givesEveryPictureWholeAndInOrder() {
        List<Picture> pictures = List.of(picture("a", 21, 13, 1), picture("b", 11, 11, 2), picture("c", 40, 12, 3));
        List<RecoveredPicture> recovered = new ArrayList<>();
        new PictureEvaluation(identity(121), (y, frames) -> y, Condition.CLEAN, 1).recover(pictures, recovered::add);
        assertEquals(pictures, recovered.stream().map(RecoveredPicture::truth).toList());
        for (RecoveredPicture picture : recovered) {
            assertEquals(100, picture.figures().psnr());
            assertEquals(1, picture.figures().ssim(), 1e-9);
        }
    }

    @Test
    void side_noSquare_isRefused() {
        assertEquals(33, PictureEvaluation.side(1089));
        assertTrue(assertThrows(DataFormatException.class, () -> PictureEvaluation.side(255)).getMessage()
                .contains("n = 255 samples, which are no square block"));
    }
}
