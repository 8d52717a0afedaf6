package org.reluctor.learn.command;

import java.util.List;
import java.util.Locale;
import org.reluctor.learn.algebra.Samples;
import org.reluctor.learn.data.DataKind;
import org.reluctor.learn.data.Picture;
import org.reluctor.learn.data.PictureBatches;
import org.reluctor.learn.data.Tiling;
import org.reluctor.learn.data.Windows;
import org.reluctor.learn.training.GradientTrainer;
import org.reluctor.network.NetworkMetadata;

/** Square blocks of pictures. */
final class PicturedSignals implements TrainingSignals {
    private final DataKind kind;
    private final int side;
    private final boolean turned;
    private final List<Picture> training;
    private final List<Picture> choosing;
    private final List<String> names;
    private LinearYardstick statistics;

    /**
     * @param side     of a block in pixels
     * @param turned   whether blocks are turned and mirrored: digits mean nothing upside down
     * @param training what trains, at least one
     * @param choosing what chooses; where there is none, what trains does
     * @param names    of pictures or sets that train
     */
    PicturedSignals(DataKind kind, int side, boolean turned, List<Picture> training, List<Picture> choosing,
            List<String> names) {
        this.kind = kind;
        this.side = side;
        this.turned = turned;
        this.training = training;
        this.choosing = choosing;
        this.names = names;
        training.forEach(picture -> Tiling.of(picture, side));
        choosing.forEach(picture -> Tiling.of(picture, side));
    }

    @Override
    public int n() {
        return side * side;
    }

    @Override
    public int side() {
        return side;
    }

    @Override
    public boolean wholePictures() {
        return training.stream().allMatch(picture -> picture.width() == side && picture.height() == side);
    }

    @Override
    public LinearYardstick statistics() {
        if (statistics == null) {
            statistics = LinearYardstick.ofPictures(training, side);
        }
        return statistics;
    }

    @Override
    public GradientTrainer.Data batches(BatchOptions options, long seed) {
        int size = options.size(true);
        return new GradientTrainer.Data(new PictureBatches(training, side, size, turned, seed),
                new PictureBatches(choosing.isEmpty() ? training : choosing, side, size, false, seed + 1));
    }

    @Override
    public Samples samples(int most) {
        int all = training.stream().mapToInt(picture -> Tiling.of(picture, side).count()).sum();
        return Tiling.cut(training, side, Math.max(1, (all + most - 1) / most));
    }

    @Override
    public List<Windows> windows(int stride) {
        throw new IllegalArgumentException("--method analytic is for recordings; right for pictures are adam, al and"
                + " convex");
    }

    @Override
    public NetworkMetadata describe(NetworkMetadata metadata) {
        return metadata;
    }

    @Override
    public String description() {
        return summary() + ", blocks of " + side + "x" + side + ": " + kind.name().toLowerCase(Locale.ROOT) + " "
                + String.join(" ", names);
    }

    @Override
    public String summary() {
        return training.size() + " pictures train" + (choosing.isEmpty() ? "" : ", " + choosing.size() + " choose");
    }
}
