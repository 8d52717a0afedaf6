package org.reluctor.devicetests.convex;

import java.util.Arrays;
import org.reluctor.learn.algebra.Samples;
import org.reluctor.learn.data.DataFolder;
import org.reluctor.learn.data.DataKind;
import org.reluctor.learn.data.Tiling;
import org.reluctor.learn.data.Windows;
import org.reluctor.learn.measurement.MatrixDesigns;
import org.reluctor.network.MeasurementMatrix;

/**
 * Signals to train on, signals held out, and their Φ.
 *
 * @param name        for the report
 * @param training    [N, n]
 * @param heldOut     [M, n]; of other images, of other records
 * @param measurement Φ
 * @param noise       standard deviation assumed on each measurement
 * @param peak        largest value of a sample, for PSNR
 */
record StudyData(String name, Samples training, Samples heldOut, MeasurementMatrix measurement, double noise,
        double peak) {
    private static final int SIDE = 28;
    private static final int TEST_IMAGES = 2000;
    private static final int WINDOW = 256;
    private static final int HELD_OUT_RECORDS = 4;

    static StudyData read(StudyOptions options) {
        return options.mnist() != null ? mnist(options) : ecg(options);
    }

    /** 28×28 at compression ratio 8, row-orthonormal Φ. */
    private static StudyData mnist(StudyOptions options) {
        DataFolder folder = DataFolder.open(options.mnist(), DataKind.IDX);
        return new StudyData("MNIST, 98 of 784 row-orthonormal measurements",
                images(folder, "train", options.samples()), images(folder, "t10k", TEST_IMAGES),
                MatrixDesigns.rowOrthonormal(98, SIDE * SIDE, 1), 1e-3, 1);
    }

    private static Samples images(DataFolder folder, String set, int count) {
        return Tiling.cut(folder.pictures(set).subList(0, count), SIDE, 1);
    }

    /** Windows of 256 of channel 0 in millivolts, 75 % saved by a sparse binary Φ, 4 ones a column. */
    private static StudyData ecg(StudyOptions options) {
        DataFolder folder = DataFolder.open(options.ecg());
        int training = folder.names().size() - HELD_OUT_RECORDS;
        int each = (options.samples() + training - 1) / training;
        double[] samples = new double[folder.names().size() * each * WINDOW];
        for (int record = 0; record < folder.names().size(); record++) {
            Windows windows = Windows.of(folder.recording(folder.names().get(record)), 0, WINDOW, 1);
            int stride = Math.max(1, windows.count() / each);
            for (int window = 0; window < each; window++) {
                System.arraycopy(windows.samples(), window * stride % windows.count() * WINDOW, samples,
                        (record * each + window) * WINDOW, WINDOW);
            }
        }
        int end = training * each * WINDOW;
        return new StudyData("MIT-BIH, 64 of 256 sparse binary measurements",
                new Samples(WINDOW, Arrays.copyOf(samples, end)),
                new Samples(WINDOW, Arrays.copyOfRange(samples, end, samples.length)),
                MeasurementMatrix.sparseBinary(64, WINDOW, 4, 1), 0.005, Double.NaN);
    }

    /** Mean of the images' PSNR in dB; of signals 20 log₁₀ of ‖x‖/‖x − x̂‖ over everything. */
    double quality(Samples truth, Samples recovered) {
        double[] errors = energies(truth.plus(-1, recovered));
        if (Double.isNaN(peak)) {
            return 10 * Math.log10(Arrays.stream(energies(truth)).sum() / Arrays.stream(errors).sum());
        }
        return Arrays.stream(errors).map(error -> 10 * Math.log10(peak * peak * truth.width() / error)).average()
                .orElseThrow();
    }

    private static double[] energies(Samples vectors) {
        double[] sums = new double[vectors.count()];
        for (int at = 0; at < vectors.values().length; at++) {
            sums[at / vectors.width()] += vectors.values()[at] * vectors.values()[at];
        }
        return sums;
    }
}
