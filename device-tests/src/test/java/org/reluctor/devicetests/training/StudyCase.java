package org.reluctor.devicetests.training;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.zip.GZIPInputStream;
import org.reluctor.learn.algebra.NormalDraws;
import org.reluctor.learn.algebra.Samples;
import org.reluctor.learn.data.RecordFolder;
import org.reluctor.learn.data.WfdbRecord;
import org.reluctor.learn.data.Windows;
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
 */
record StudyCase(String name, Samples training, Samples test, MeasurementMatrix measurement,
        ToDoubleFunction<Samples> quality) {
    private static final int SIDE = 28;
    private static final int IMAGE_HEADER = 16;
    private static final int WINDOW = 256;
    private static final List<String> HELD_OUT =
            List.of("103", "105", "113", "121", "200", "210", "220", "231");
    /** The record of the project's demonstration. */
    private static final String DEMONSTRATION = "208";

    /** MNIST at compression 8: 98 rows, orthonormal. */
    static StudyCase mnist(Path folder, int count) throws IOException {
        Samples training = images(folder.resolve("train-images-idx3-ubyte.gz"), count);
        Samples test = images(folder.resolve("t10k-images-idx3-ubyte.gz"), 10_000);
        return new StudyCase("mnist-cr8", training, test, orthonormal(SIDE * SIDE / 8, SIDE * SIDE, 7),
                recovered -> psnr(test, recovered));
    }

    private static Samples images(Path file, int count) throws IOException {
        Samples images = Samples.zero(count, SIDE * SIDE);
        try (DataInputStream in = new DataInputStream(new GZIPInputStream(Files.newInputStream(file)))) {
            in.readFully(new byte[IMAGE_HEADER]);
            byte[] bytes = new byte[count * SIDE * SIDE];
            in.readFully(bytes);
            for (int at = 0; at < bytes.length; at++) {
                images.values()[at] = (bytes[at] & 0xFF) / 255.0;
            }
        }
        return images;
    }

    private static MeasurementMatrix orthonormal(int rows, int columns, long seed) {
        NormalDraws draws = new NormalDraws(seed);
        double[][] all = new double[rows][columns];
        float[] values = new float[rows * columns];
        for (int row = 0; row < rows; row++) {
            for (int at = 0; at < columns; at++) {
                all[row][at] = draws.next();
            }
            for (int before = 0; before < row; before++) {
                subtract(all[row], all[before], dot(all[row], all[before]));
            }
            double norm = Math.sqrt(dot(all[row], all[row]));
            for (int at = 0; at < columns; at++) {
                all[row][at] /= norm;
                values[row * columns + at] = (float) all[row][at];
            }
        }
        return MeasurementMatrix.dense(rows, columns, values);
    }

    private static double dot(double[] left, double[] right) {
        double sum = 0;
        for (int at = 0; at < left.length; at++) {
            sum += left[at] * right[at];
        }
        return sum;
    }

    private static void subtract(double[] from, double[] what, double factor) {
        for (int at = 0; at < from.length; at++) {
            from[at] -= factor * what[at];
        }
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
        RecordFolder records = RecordFolder.open(folder);
        List<Windows> training = new ArrayList<>();
        List<Windows> test = new ArrayList<>();
        for (String name : records.names()) {
            if (name.equals(DEMONSTRATION)) {
                continue;
            }
            WfdbRecord record = records.read(name);
            (HELD_OUT.contains(name) ? test : training).add(Windows.of(record, 0, WINDOW, 1));
        }
        Samples all = TrainingSet.of(training).signals();
        TrainingSet aside = TrainingSet.of(test);
        return new StudyCase("ecg-75", all.every(Math.max(1, all.count() / count)), aside.signals(),
                MeasurementMatrix.sparseBinary(WINDOW / 4, WINDOW, 4, 1), aside::meanPrd);
    }
}
