package org.reluctor.learn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.algebra.Samples;

class TilingTest {
    private static Picture numbered(int width, int height) {
        float[] luminance = new float[width * height];
        for (int at = 0; at < luminance.length; at++) {
            luminance[at] = at;
        }
        return new Picture("numbered", width, height, luminance);
    }

    @ParameterizedTest
    @CsvSource({"8, 8, 4, 4", "9, 8, 4, 6", "5, 7, 4, 4", "4, 4, 4, 1", "33, 10, 7, 10"})
    void stitch_blocksOfACut_givesThePicture(int width, int height, int side, int count) {
        Picture picture = numbered(width, height);
        Tiling tiling = Tiling.of(picture, side);
        Samples blocks = tiling.cut(picture);
        assertEquals(count, blocks.count());
        assertArrayEquals(picture.luminance(),
                tiling.stitch("x", Matrix.of(blocks.count(), blocks.width(), blocks.values()).toFloats()).luminance());
    }

    @Test
    void cut_lastBlock_isAlignedToTheEdge() {
        double[] values = Tiling.of(numbered(5, 2), 2).cut(numbered(5, 2)).values();
        assertArrayEquals(new double[] {0, 1, 5, 6, 2, 3, 7, 8, 3, 4, 8, 9}, values);
    }

    @Test
    void atMost_largePicture_isAveragedOverSquares() {
        Picture picture = numbered(5, 4);
        assertSame(picture, picture.atMost(20));
        Picture reduced = picture.atMost(19);
        assertEquals(2, reduced.width());
        assertEquals(2, reduced.height());
        assertArrayEquals(new float[] {3, 5, 13, 15}, reduced.luminance());
        assertEquals(1, numbered(7, 2).atMost(1).height(), "as few as it can have");
    }

    @Test
    void cut_manyPictures_takesEveryKthBlockOverAll() {
        List<Picture> pictures = List.of(numbered(6, 2), numbered(4, 2));
        assertArrayEquals(new double[] {0, 1, 6, 7, 4, 5, 10, 11, 2, 3, 6, 7}, Tiling.cut(pictures, 2, 2).values());
        assertEquals(5, Tiling.cut(pictures, 2, 1).count());
    }

    @Test
    void stitch_overlap_keepsTheFirstBlock() {
        float[] blocks = {1, 1, 1, 1, 2, 2, 2, 2};
        assertArrayEquals(new float[] {1, 1, 2, 1, 1, 2}, new Tiling(3, 2, 2).stitch("x", blocks).luminance());
    }

    @Test
    void fill_randomBlocks_areBlocksOfThePictureInAllOrientations() {
        Picture picture = numbered(40, 30);
        PictureBatches source = new PictureBatches(List.of(picture, numbered(3, 3)), 3, 400, true, 5);
        float[] signals = new float[400 * 9];
        source.fill(17, signals, new float[400]);
        TreeSet<Integer> steps = new TreeSet<>();
        for (int block = 0; block < 400; block++) {
            int across = Math.round(signals[block * 9 + 1] - signals[block * 9]);
            int down = Math.round(signals[block * 9 + 3] - signals[block * 9]);
            steps.add(across);
            assertEquals(signals[block * 9] + 2 * across + 2 * down, signals[block * 9 + 8]);
            assertTrue(Math.abs(across * down) == 40 || Math.abs(across * down) == 3, across + " and " + down);
        }
        assertTrue(steps.containsAll(List.of(1, -1, 40, -40)), steps::toString);
        float[] again = new float[400 * 9];
        source.fill(17, again, new float[400]);
        assertArrayEquals(signals, again);
    }
}
