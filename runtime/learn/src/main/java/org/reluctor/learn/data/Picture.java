package org.reluctor.learn.data;

/**
 * One picture's luminance, row-major from the upper left.
 *
 * @param name      by which options call it
 * @param width     in pixels, at least 1
 * @param height    in pixels, at least 1
 * @param luminance from 0, black, to 1, white; shared, not copied
 */
public record Picture(String name, int width, int height, float[] luminance) {
    public Picture {
        if (width < 1 || height < 1 || (long) width * height != luminance.length) {
            throw new IllegalArgumentException("picture " + name + ": " + luminance.length + " pixels for " + width
                    + "×" + height);
        }
    }

    /** The pixel in that column and row. */
    public float at(int x, int y) {
        return luminance[y * width + x];
    }

    /**
     * The same with at most so many pixels, or as few as it can have: averages over squares of k×k, k the least that
     * will do. Cameras' pixels are interpolated from few and hold less detail each than those of small pictures.
     *
     * @param pixels at least 1
     */
    public Picture atMost(long pixels) {
        int k = 1;
        while ((long) (width / k) * (height / k) > pixels && k < Math.min(width, height)) {
            k++;
        }
        return k == 1 ? this : averaged(k);
    }

    /** Without what is left over at the right and below. */
    private Picture averaged(int k) {
        int across = width / k;
        float[] averages = new float[across * (height / k)];
        for (int at = 0; at < averages.length; at++) {
            double sum = 0;
            for (int inside = 0; inside < k * k; inside++) {
                sum += at(at % across * k + inside % k, at / across * k + inside / k);
            }
            averages[at] = (float) (sum / (k * k));
        }
        return new Picture(name, across, height / k, averages);
    }
}
