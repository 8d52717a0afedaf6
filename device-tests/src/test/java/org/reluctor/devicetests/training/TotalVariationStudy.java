package org.reluctor.devicetests.training;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.reluctor.learn.data.DataFolder;
import org.reluctor.learn.data.DataKind;
import org.reluctor.learn.data.Picture;
import org.reluctor.learn.evaluation.Condition;
import org.reluctor.learn.evaluation.PictureEvaluation;
import org.reluctor.learn.evaluation.TotalVariationRecovery;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.OnnxReader;

/**
 * What recovery by total variation, which learns nothing, makes of MNIST's test images from the measurements of given
 * networks: the yardstick in their cards. λ is the best on images of the training set.
 */
public final class TotalVariationStudy {
    private static final double[] LAMBDAS = {0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05};
    private static final int CHOOSING = 100;
    private static final int ITERATIONS = 150;

    private TotalVariationStudy() {
    }

    /** Arguments: the folder of MNIST, how many test images, and networks; prints one line a network. */
    public static void main(String[] args) {
        DataFolder folder = DataFolder.open(Path.of(args[0]), DataKind.IDX);
        List<Picture> test = folder.pictures("t10k").subList(0, Integer.parseInt(args[1]));
        List<Picture> choosing = folder.pictures("train").subList(0, CHOOSING);
        for (String file : Arrays.asList(args).subList(2, args.length)) {
            MeasurementMatrix phi = OnnxReader.read(Path.of(file)).matrix().orElseThrow();
            double lambda = best(phi, choosing);
            System.out.printf(Locale.ROOT, "%s: %.2f dB on %d images, lambda %.3f, %d iterations%n", file,
                    psnr(phi, lambda, test), test.size(), lambda, ITERATIONS);
        }
    }

    private static double best(MeasurementMatrix phi, List<Picture> pictures) {
        double best = LAMBDAS[0];
        double most = Double.NEGATIVE_INFINITY;
        for (double lambda : LAMBDAS) {
            double psnr = psnr(phi, lambda, pictures);
            best = psnr > most ? lambda : best;
            most = Math.max(most, psnr);
        }
        return best;
    }

    private static double psnr(MeasurementMatrix phi, double lambda, List<Picture> pictures) {
        double[] sum = new double[1];
        new PictureEvaluation(phi, new TotalVariationRecovery(phi, lambda, ITERATIONS), Condition.CLEAN, 1)
                .recover(pictures, recovered -> sum[0] += recovered.figures().psnr());
        return sum[0] / pictures.size();
    }
}
