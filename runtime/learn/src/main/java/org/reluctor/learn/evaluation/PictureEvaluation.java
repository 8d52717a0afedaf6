package org.reluctor.learn.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.reluctor.learn.algebra.Samples;
import org.reluctor.learn.data.DataFormatException;
import org.reluctor.learn.data.Picture;
import org.reluctor.learn.data.Tiling;
import org.reluctor.network.MeasurementMatrix;

/**
 * Recovers pictures block by block: cut into squares, each measured and recovered, and stitched again. One thread at a
 * time.
 */
public final class PictureEvaluation {
    /** Blocks recovered together, whole pictures at a time: MNIST has one a picture. */
    private static final int TOGETHER = 2048;

    private final MeasurementMatrix matrix;
    private final Estimator estimator;
    private final Condition condition;
    private final long seed;
    private final int side;

    /**
     * @param matrix    Φ, m×n
     * @param estimator of blocks of n pixels, row-major
     * @param condition of the measurements
     * @param seed      of noise
     * @throws DataFormatException if n is no square
     */
    public PictureEvaluation(MeasurementMatrix matrix, Estimator estimator, Condition condition, long seed) {
        this.matrix = matrix;
        this.estimator = estimator;
        this.condition = condition;
        this.seed = seed;
        side = side(matrix.columns());
    }

    /**
     * The side of square blocks of n pixels.
     *
     * @throws DataFormatException if n is no square
     */
    public static int side(int n) {
        int side = (int) Math.round(Math.sqrt(n));
        if (side * side != n) {
            throw new DataFormatException("the network recovers n = " + n + " samples, which are no square block; it is"
                    + " not for pictures");
        }
        return side;
    }

    /**
     * Measures and recovers.
     *
     * @param pictures each at least as large as a block
     * @param result   receives them in their order
     */
    public void recover(List<Picture> pictures, Consumer<RecoveredPicture> result) {
        List<Picture> together = new ArrayList<>();
        int blocks = 0;
        for (Picture picture : pictures) {
            together.add(picture);
            blocks += Tiling.of(picture, side).count();
            if (blocks >= TOGETHER) {
                recoverTogether(together, blocks, result);
                together.clear();
                blocks = 0;
            }
        }
        if (blocks > 0) {
            recoverTogether(together, blocks, result);
        }
    }

    private void recoverTogether(List<Picture> pictures, int blocks, Consumer<RecoveredPicture> result) {
        float[] y = new float[blocks * matrix.rows()];
        Sensor sensor = new Sensor(matrix, condition, seed);
        int done = 0;
        for (Picture picture : pictures) {
            Samples cut = Tiling.of(picture, side).cut(picture);
            float[] measured = sensor.measure(cut, picture.name());
            System.arraycopy(measured, 0, y, done * matrix.rows(), measured.length);
            done += cut.count();
        }
        float[] x = estimator.recover(y, blocks);
        done = 0;
        for (Picture picture : pictures) {
            Tiling tiling = Tiling.of(picture, side);
            float[] part = Arrays.copyOfRange(x, done * side * side, (done + tiling.count()) * side * side);
            result.accept(new RecoveredPicture(picture, tiling.stitch(picture.name(), part)));
            done += tiling.count();
        }
    }
}
