package org.reluctor.devicetests.training;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.reluctor.learn.algebra.Samples;
import org.reluctor.learn.data.DataFolder;
import org.reluctor.learn.data.DataKind;
import org.reluctor.learn.data.Tiling;
import org.reluctor.learn.data.Windows;
import org.reluctor.learn.measurement.MatrixDesigns;
import org.reluctor.learn.training.TrainingSet;
import org.reluctor.network.MeasurementMatrix;

/**
 * One of the study's tasks.
 *
 * @param name        of the task
 * @param training    signals to learn from
 * @param test        signals kept aside
 * @param measurement Φ
 * @param quality     of recovered test signals: mean PSNR in dB of images, mean PRD in percent of records
 * @param unit        what the quality is
 */
record StudyCase(String name, Samples training, Samples test, MeasurementMatrix measurement,
        ToDoubleFunction<Samples> quality, String unit) {
    private static final int SIDE = 28;
    private static final int WINDOW = 256;
    private static final List<String> HELD_OUT =
            List.of("103", "105", "113", "121", "200", "210", "220", "231");
    /** The record of the project's demonstration. */
    private static final String DEMONSTRATION = "208";

    /** MNIST at compression 8: 98 rows, orthonormal. */
    static StudyCase mnist(Path place, int count) {
        DataFolder folder = DataFolder.open(place, DataKind.IDX);
        Samples test = Tiling.cut(folder.pictures("t10k"), SIDE, 1);
        return new StudyCase("mnist-cr8", Tiling.cut(folder.pictures("train").subList(0, count), SIDE, 1), test,
                MatrixDesigns.rowOrthonormal(SIDE * SIDE / 8, SIDE * SIDE, 7), recovered -> psnr(test, recovered),
                "test PSNR dB");
    }

    private static double psnr(Samples truth, Samples recovered) {
        double sum = 0;
        for (int image = 0; image < truth.count(); image++) {
            double squares = 0;
            for (int at = image * truth.width(); at < (image + 1) * truth.width(); at++) {
                double error = truth.values()[at] - recovered.values()[at];
                squares += error * error;
            }
            sum += 10 * Math.log10(truth.width() / squares);
        }
        return sum / truth.count();
    }

    /** Electrocardiograms at 75 % saved: 64 measurements of 256 samples, sparse binary with 4 ones a column. */
    static StudyCase ecg(Path folder, int count) {
        DataFolder records = DataFolder.open(folder);
        List<Windows> training = new ArrayList<>();
        List<Windows> test = new ArrayList<>();
        for (String name : records.names()) {
            if (name.equals(DEMONSTRATION)) {
                continue;
            }
            (HELD_OUT.contains(name) ? test : training).add(Windows.of(records.recording(name), 0, WINDOW, 1));
        }
        Samples all = TrainingSet.of(training).signals();
        TrainingSet aside = TrainingSet.of(test);
        return new StudyCase("ecg-75", all.every(Math.max(1, all.count() / count)), aside.signals(),
                MeasurementMatrix.sparseBinary(WINDOW / 4, WINDOW, 4, 1), aside::meanPrd,
                "test PRD %");
    }
}
