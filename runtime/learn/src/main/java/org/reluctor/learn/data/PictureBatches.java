package org.reluctor.learn.data;

import java.util.Arrays;
import java.util.List;
import org.reluctor.network.SplitMix64;

/**
 * Square blocks at random places of pictures, turned and mirrored at random where wished. Every block of every picture
 * is equally likely, so that large pictures count more; all weights are one.
 */
public final class PictureBatches implements BatchSource {
    private static final int ORIENTATIONS = 8;

    private final List<Picture> pictures;
    private final long[] ends;
    private final int side;
    private final int size;
    private final boolean turned;
    private final long seed;

    /**
     * @param pictures to draw from
     * @param side     of a block in pixels; n = side²
     * @param size     blocks a batch
     * @param turned   whether blocks are turned and mirrored
     * @param seed     of places and orientations
     * @throws DataFormatException if there is no picture, or one is smaller than a block
     */
    public PictureBatches(List<Picture> pictures, int side, int size, boolean turned, long seed) {
        if (pictures.isEmpty() || size < 1) {
            throw new DataFormatException(pictures.size() + " pictures to train on, batches of " + size
                    + " blocks; both must be 1 or more");
        }
        this.pictures = List.copyOf(pictures);
        this.side = side;
        this.size = size;
        this.turned = turned;
        this.seed = seed;
        ends = new long[pictures.size()];
        long places = 0;
        for (int at = 0; at < ends.length; at++) {
            Tiling fits = Tiling.of(pictures.get(at), side);
            places += (fits.width() - side + 1L) * (fits.height() - side + 1L);
            ends[at] = places;
        }
    }

    @Override
    public int width() {
        return side * side;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int groupSize() {
        return 1;
    }

    @Override
    public void fill(long step, float[] signals, float[] weights) {
        SplitMix64 random = StepSeed.random(seed, step);
        for (int block = 0; block < size; block++) {
            long place = random.bounded(ends[ends.length - 1]);
            int found = Arrays.binarySearch(ends, place + 1);
            int chosen = found >= 0 ? found : -found - 1;
            Picture picture = pictures.get(chosen);
            long inside = place - (chosen == 0 ? 0 : ends[chosen - 1]);
            int across = picture.width() - side + 1;
            int orientation = turned ? (int) random.bounded(ORIENTATIONS) : 0;
            copy(picture, (int) (inside % across), (int) (inside / across), orientation, signals,
                    block * side * side);
            weights[block] = 1;
        }
    }

    /** Bits of the orientation: mirrored left to right, mirrored top to bottom, transposed. */
    private void copy(Picture picture, int left, int top, int orientation, float[] to, int offset) {
        for (int pixel = 0; pixel < side * side; pixel++) {
            int x = (orientation & 1) == 0 ? pixel % side : side - 1 - pixel % side;
            int y = (orientation & 2) == 0 ? pixel / side : side - 1 - pixel / side;
            boolean transposed = (orientation & 4) != 0;
            to[offset + pixel] = picture.at(left + (transposed ? y : x), top + (transposed ? x : y));
        }
    }
}
