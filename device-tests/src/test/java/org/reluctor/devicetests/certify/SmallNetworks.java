package org.reluctor.devicetests.certify;

import java.util.Arrays;
import java.util.Random;
import org.reluctor.network.NetworkBuilder;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.network.Value;

/**
 * Small dense ReLU networks that recover signals of three cosines from half as many Gaussian measurements, trained by
 * Adam on the squared error. Deterministic.
 */
final class SmallNetworks {
    static final int SAMPLES = 16;
    static final int MEASUREMENTS = 8;
    private static final int BATCH = 32;
    private static final double RATE = 3e-3;

    private final Random random;
    private final double[][] matrix = new double[MEASUREMENTS][SAMPLES];
    private final double[][] weights;
    private final double[][] means;
    private final double[][] squares;
    private final int[] sizes;

    private SmallNetworks(long seed, int layers, int neurons) {
        random = new Random(seed);
        for (double[] row : matrix) {
            Arrays.setAll(row, at -> random.nextGaussian() / Math.sqrt(SAMPLES));
        }
        sizes = new int[layers + 2];
        Arrays.fill(sizes, neurons);
        sizes[0] = MEASUREMENTS;
        sizes[layers + 1] = SAMPLES;
        weights = new double[layers + 1][];
        for (int at = 0; at <= layers; at++) {
            double[] layer = new double[sizes[at + 1] * (sizes[at] + 1)];
            int columns = sizes[at] + 1;
            double deviation = Math.sqrt(2.0 / sizes[at]);
            Arrays.setAll(layer, i -> i % columns == columns - 1 ? 0 : deviation * random.nextGaussian());
            weights[at] = layer;
        }
        means = Arrays.stream(weights).map(layer -> new double[layer.length]).toArray(double[][]::new);
        squares = Arrays.stream(weights).map(layer -> new double[layer.length]).toArray(double[][]::new);
    }

    /**
     * A trained network.
     *
     * @param layers hidden ones
     * @param steps  of training
     */
    static RecoveryNetwork train(long seed, int layers, int neurons, int steps) {
        SmallNetworks training = new SmallNetworks(seed, layers, neurons);
        for (int step = 1; step <= steps; step++) {
            training.step(step, 0.5 * RATE * (1 + Math.cos(Math.PI * step / steps)));
        }
        return training.network();
    }

    /** Measurements of a signal that no network was trained on. */
    static double[] measurement(long seed, long signal) {
        SmallNetworks same = new SmallNetworks(seed, 1, 1);
        Random other = new Random(~signal);
        return same.measured(signal(other));
    }

    private static double[] signal(Random random) {
        double[] x = new double[SAMPLES];
        for (int part = 0; part < 3; part++) {
            double height = random.nextGaussian();
            int frequency = random.nextInt(SAMPLES);
            for (int at = 0; at < SAMPLES; at++) {
                x[at] += 0.5 * height * Math.cos(Math.PI / SAMPLES * (at + 0.5) * frequency);
            }
        }
        return x;
    }

    private double[] measured(double[] x) {
        double[] y = new double[MEASUREMENTS];
        for (int row = 0; row < MEASUREMENTS; row++) {
            for (int at = 0; at < SAMPLES; at++) {
                y[row] += matrix[row][at] * x[at];
            }
        }
        return y;
    }

    private void step(int number, double rate) {
        double[][] gradients = Arrays.stream(weights).map(layer -> new double[layer.length]).toArray(double[][]::new);
        for (int sample = 0; sample < BATCH; sample++) {
            double[] x = signal(random);
            double[][] values = forward(measured(x));
            double[] slope = values[sizes.length - 1].clone();
            for (int at = 0; at < SAMPLES; at++) {
                slope[at] = (slope[at] - x[at]) / BATCH;
            }
            backward(values, slope, gradients);
        }
        for (int layer = 0; layer < weights.length; layer++) {
            for (int at = 0; at < weights[layer].length; at++) {
                double gradient = gradients[layer][at];
                means[layer][at] = 0.9 * means[layer][at] + 0.1 * gradient;
                squares[layer][at] = 0.999 * squares[layer][at] + 0.001 * gradient * gradient;
                double mean = means[layer][at] / (1 - Math.pow(0.9, number));
                double square = squares[layer][at] / (1 - Math.pow(0.999, number));
                weights[layer][at] -= rate * mean / (Math.sqrt(square) + 1e-8);
            }
        }
    }

    private double[][] forward(double[] y) {
        double[][] values = new double[sizes.length][];
        values[0] = y;
        for (int layer = 0; layer < weights.length; layer++) {
            double[] next = new double[sizes[layer + 1]];
            int columns = sizes[layer] + 1;
            for (int row = 0; row < next.length; row++) {
                double sum = weights[layer][row * columns + columns - 1];
                for (int at = 0; at < columns - 1; at++) {
                    sum += weights[layer][row * columns + at] * values[layer][at];
                }
                next[row] = layer < weights.length - 1 ? Math.max(0, sum) : sum;
            }
            values[layer + 1] = next;
        }
        return values;
    }

    private void backward(double[][] values, double[] outer, double[][] gradients) {
        double[] slope = outer;
        for (int layer = weights.length - 1; layer >= 0; layer--) {
            double[] before = new double[sizes[layer]];
            int columns = sizes[layer] + 1;
            for (int row = 0; row < slope.length; row++) {
                gradients[layer][row * columns + columns - 1] += slope[row];
                for (int at = 0; at < columns - 1; at++) {
                    gradients[layer][row * columns + at] += slope[row] * values[layer][at];
                    before[at] += slope[row] * weights[layer][row * columns + at];
                }
            }
            for (int at = 0; at < before.length; at++) {
                before[at] = layer > 0 && values[layer][at] == 0 ? 0 : before[at];
            }
            slope = before;
        }
    }

    private RecoveryNetwork network() {
        NetworkBuilder builder = new NetworkBuilder("small");
        Value value = builder.input("y", MEASUREMENTS);
        for (int layer = 0; layer < weights.length; layer++) {
            int rows = sizes[layer + 1];
            int columns = sizes[layer];
            float[] matrixPart = new float[rows * columns];
            float[] bias = new float[rows];
            for (int row = 0; row < rows; row++) {
                for (int at = 0; at < columns; at++) {
                    matrixPart[row * columns + at] = (float) weights[layer][row * (columns + 1) + at];
                }
                bias[row] = (float) weights[layer][row * (columns + 1) + columns];
            }
            value = builder.gemm(value, builder.constant("W" + layer, matrixPart, rows, columns),
                    builder.constant("b" + layer, bias, rows), true);
            value = layer < weights.length - 1 ? builder.relu(value) : value;
        }
        builder.output(value, "signal");
        return builder.build();
    }
}
