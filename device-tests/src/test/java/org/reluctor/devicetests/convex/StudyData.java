package org.reluctor.devicetests.convex;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.reluctor.learn.algebra.Samples;
import org.reluctor.learn.data.RecordFolder;
import org.reluctor.learn.data.Windows;
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
    private static final int PIXELS = 784;
    private static final int TEST_IMAGES = 2000;
    private static final int WINDOW = 256;
    private static final int HELD_OUT_RECORDS = 4;

    static StudyData read(StudyOptions options) throws IOException {
        return options.mnist() != null ? mnist(options) : ecg(options);
    }

    /** 28×28 at compression ratio 8, row-orthonormal Φ. */
    private static StudyData mnist(StudyOptions options) throws IOException {
        Path folder = options.mnist();
        return new StudyData("MNIST, 98 of 784 row-orthonormal measurements",
                images(folder.resolve("train-images-idx3-ubyte.gz"), options.samples()),
                images(folder.resolve("t10k-images-idx3-ubyte.gz"), TEST_IMAGES), orthonormalRows(98, PIXELS), 1e-3, 1);
    }

    private static Samples images(Path file, int count) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(
                new GZIPInputStream(Files.newInputStream(file))))) {
            in.skipNBytes(4 * Integer.BYTES);
            Samples images = Samples.zero(count, PIXELS);
            byte[] pixels = in.readNBytes(count * PIXELS);
            for (int at = 0; at < pixels.length; at++) {
                images.values()[at] = (pixels[at] & 0xff) / 255.0;
            }
            return images;
        }
    }

    private static MeasurementMatrix orthonormalRows(int rows, int columns) {
        Random random = new Random(1);
        double[] values = new double[rows * columns];
        for (int row = 0; row < rows; row++) {
            for (int at = 0; at < columns; at++) {
                values[row * columns + at] = random.nextGaussian();
            }
            // Twice, because once leaves rounding of the size of what was taken away.
            for (int before = 0; before < 2 * row; before++) {
                project(values, columns, row, before % row);
            }
            double size = Math.sqrt(dot(values, columns, row, row));
            for (int at = row * columns; at < (row + 1) * columns; at++) {
                values[at] /= size;
            }
        }
        float[] floats = new float[values.length];
        for (int at = 0; at < floats.length; at++) {
            floats[at] = (float) values[at];
        }
        return MeasurementMatrix.dense(rows, columns, floats);
    }

    private static void project(double[] values, int columns, int row, int before) {
        double along = dot(values, columns, row, before);
        for (int at = 0; at < columns; at++) {
            values[row * columns + at] -= along * values[before * columns + at];
        }
    }

    private static double dot(double[] values, int columns, int one, int other) {
        double sum = 0;
        for (int at = 0; at < columns; at++) {
            sum += values[one * columns + at] * values[other * columns + at];
        }
        return sum;
    }

    /** Windows of 256 of channel 0 in millivolts, 75 % saved by a sparse binary Φ, 4 ones a column. */
    private static StudyData ecg(StudyOptions options) {
        RecordFolder folder = RecordFolder.open(options.ecg());
        int training = folder.names().size() - HELD_OUT_RECORDS;
        int each = (options.samples() + training - 1) / training;
        double[] samples = new double[folder.names().size() * each * WINDOW];
        for (int record = 0; record < folder.names().size(); record++) {
            Windows windows = Windows.of(folder.read(folder.names().get(record)), 0, WINDOW, 1);
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
