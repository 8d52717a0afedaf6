package org.reluctor.learn.evaluation;

import java.util.LinkedHashMap;
import java.util.Map;
import org.reluctor.learn.data.Picture;

/**
 * How well a picture was recovered. What was recovered is first limited to 0 … 1, as a display would.
 *
 * @param name of the picture
 * @param psnr −10·log₁₀ of the mean squared error, peak 1, in dB; at most 100
 * @param ssim see {@link StructuralSimilarity}
 */
public record PictureFigures(String name, double psnr, double ssim) implements Figures {
    private static final double LEAST_ERROR = 1e-10;

    /** Compares two pictures of one size. */
    static PictureFigures of(Picture truth, Picture recovered) {
        float[] limited = new float[recovered.luminance().length];
        double error = 0;
        for (int at = 0; at < limited.length; at++) {
            limited[at] = Math.min(1, Math.max(0, recovered.luminance()[at]));
            double difference = truth.luminance()[at] - limited[at];
            error += difference * difference;
        }
        double psnr = -10 * Math.log10(Math.max(LEAST_ERROR, error / limited.length));
        return new PictureFigures(truth.name(), psnr, StructuralSimilarity.of(truth,
                new Picture(truth.name(), truth.width(), truth.height(), limited)));
    }

    @Override
    public Map<String, Double> values() {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("psnr", psnr);
        values.put("ssim", ssim);
        return values;
    }
}
