package org.reluctor.opencl.operation;

/**
 * How an image of several channels lies in a frame: position after position, the channels of a position together, with
 * positions around it that are zero, so that a convolution need not ask where the image ends. A signal in time is an
 * image of height 1.
 *
 * @param channels of a position
 * @param height   of the image without what is around it
 * @param width    of the image without what is around it
 * @param top      rows of zeros above it
 * @param left     columns of zeros left of it
 * @param rows     of all
 * @param pitch    positions from a row to the next
 */
public record ImageLayout(int channels, int height, int width, int top, int left, int rows, int pitch) {
    public ImageLayout {
        if (channels < 1 || height < 1 || width < 1 || top < 0 || left < 0 || rows < top + height
                || pitch < left + width) {
            throw new IllegalArgumentException("an image of " + channels + " × " + height + " × " + width + " at ("
                    + top + ", " + left + ") in " + rows + " rows of " + pitch);
        }
    }

    /** An image with nothing around it. */
    public static ImageLayout bare(int channels, int height, int width) {
        return new ImageLayout(channels, height, width, 0, 0, height, width);
    }

    /** Elements of a frame. */
    public int features() {
        return Math.multiplyExact(Math.multiplyExact(rows, pitch), channels);
    }

    /** Where an element of the image lies in a frame. */
    public int place(int channel, int y, int x) {
        return ((y + top) * pitch + x + left) * channels + channel;
    }

    /** The position at which the image begins. */
    int origin() {
        return top * pitch + left;
    }
}
