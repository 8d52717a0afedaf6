package org.reluctor.learn.data;

import java.util.List;
import org.reluctor.learn.algebra.Samples;

/**
 * A picture cut into square blocks, row by row from the upper left, as block-wise sensors do. Where the side of the
 * picture is no multiple of the block's, the last blocks are aligned to the edge and overlap those before.
 *
 * @param width  of the picture in pixels
 * @param height of the picture in pixels
 * @param side   of the blocks in pixels, B
 */
public record Tiling(int width, int height, int side) {
    /**
     * For one picture.
     *
     * @throws DataFormatException if it is smaller than a block
     */
    public static Tiling of(Picture picture, int side) {
        if (picture.width() < side || picture.height() < side) {
            throw new DataFormatException("picture " + picture.name() + " is " + picture.width() + "×"
                    + picture.height() + " pixels; a block needs " + side + "×" + side);
        }
        return new Tiling(picture.width(), picture.height(), side);
    }

    /** Number of blocks. */
    public int count() {
        return across(width) * across(height);
    }

    private int across(int length) {
        return (length + side - 1) / side;
    }

    private int left(int block) {
        return Math.min(block % across(width) * side, width - side);
    }

    private int top(int block) {
        return Math.min(block / across(width) * side, height - side);
    }

    /** The picture's blocks, each row-major: [count, side·side]. */
    public Samples cut(Picture picture) {
        Samples blocks = Samples.zero(count(), side * side);
        for (int block = 0; block < count(); block++) {
            copy(picture, left(block), top(block), side, blocks.values(), block * side * side);
        }
        return blocks;
    }

    /**
     * Blocks of many pictures, one behind the other: [count, side·side].
     *
     * @param stride 1 for all blocks, k for every k-th, counted over all pictures
     * @throws DataFormatException if a picture is smaller than a block
     */
    public static Samples cut(List<Picture> pictures, int side, int stride) {
        int all = pictures.stream().mapToInt(picture -> of(picture, side).count()).sum();
        Samples blocks = Samples.zero((all + stride - 1) / stride, side * side);
        int block = 0;
        for (Picture picture : pictures) {
            Tiling tiling = of(picture, side);
            for (int at = 0; at < tiling.count(); at++, block++) {
                if (block % stride == 0) {
                    copy(picture, tiling.left(at), tiling.top(at), side, blocks.values(),
                            block / stride * side * side);
                }
            }
        }
        return blocks;
    }

    /** One block of a picture from that pixel on, row-major. */
    static void copy(Picture picture, int left, int top, int side, double[] to, int offset) {
        for (int pixel = 0; pixel < side * side; pixel++) {
            to[offset + pixel] = picture.at(left + pixel % side, top + pixel / side);
        }
    }

    /**
     * A picture of blocks; where they overlap, the first one holds.
     *
     * @param blocks [count, side·side]
     */
    public Picture stitch(String name, float[] blocks) {
        float[] luminance = new float[width * height];
        for (int block = count() - 1; block >= 0; block--) {
            int start = top(block) * width + left(block);
            for (int row = 0; row < side; row++) {
                System.arraycopy(blocks, (block * side + row) * side, luminance, start + row * width, side);
            }
        }
        return new Picture(name, width, height, luminance);
    }
}
