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
}
