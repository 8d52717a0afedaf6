package org.reluctor.devicetests.training;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.algebra.Products;
import org.reluctor.learn.algebra.Samples;
import org.reluctor.learn.unrectified.DenseNetwork;
import org.reluctor.learn.unrectified.Shard;
import org.reluctor.learn.unrectified.Shards;

/**
 * Adam (arXiv 1412.6980) for fully connected networks over the same products as the method it is compared with, the
 * rate falling along a cosine over the time: what the study holds the un-rectified methods against.
 */
final class DenseAdam {
    private static final double FIRST = 0.9;
    private static final double SECOND = 0.999;
    private static final double EPSILON = 1e-8;

    private final Products products;
    private final double rate;
    private final LongSupplier clock;

    DenseAdam(Products products, double rate, LongSupplier clock) {
        this.products = products;
        this.rate = rate;
        this.clock = clock;
    }

    /** Trains for that many seconds; the consumer hears the seconds that passed and a shard's objective. */
    DenseNetwork train(DenseNetwork start, Shards shards, double seconds, BiConsumer<Double, Double> progress) {
        DenseNetwork network = start;
        List<Matrix> first = zeros(start);
        List<Matrix> second = zeros(start);
        long began = clock.getAsLong();
        int[] order = {};
        for (long step = 0;; step++) {
            double passed = (clock.getAsLong() - began) / 1e9;
            if (passed >= seconds) {
                return network;
            }
            int at = (int) (step % shards.count());
            if (at == 0) {
                order = Shards.order(shards.count(), step);
            }
            Shard shard = shards.shard(order[at]);
            List<Matrix> gradients = gradients(network, shard, passed, progress);
            double now = rate * (1 + Math.cos(Math.PI * passed / seconds)) / 2
                    * Math.sqrt(1 - Math.pow(SECOND, step + 1)) / (1 - Math.pow(FIRST, step + 1));
            List<Matrix> weights = new ArrayList<>();
            for (int layer = 0; layer < gradients.size(); layer++) {
                weights.add(moved(network.weights(layer), gradients.get(layer), first.get(layer), second.get(layer),
                        now));
            }
            network = new DenseNetwork(weights, network.unrolled());
        }
    }

    private static List<Matrix> zeros(DenseNetwork network) {
        return network.weights().stream().map(matrix -> Matrix.zero(matrix.rows(), matrix.columns())).toList();
    }

    private List<Matrix> gradients(DenseNetwork network, Shard shard, double passed,
            BiConsumer<Double, Double> progress) {
        List<Samples> inputs = new ArrayList<>();
        Samples sums = shard.measurements();
        for (int layer = 0; layer <= network.hidden(); layer++) {
            inputs.add(withOne(sums, layer > 0));
            sums = products.times(inputs.get(layer), network.weights(layer));
        }
        Samples pull = sums.plus(-1, shard.targets());
        double squares = 0;
        for (double value : pull.values()) {
            squares += value * value;
        }
        double numbers = pull.values().length;
        progress.accept(passed, squares / 2 / numbers);
        List<Matrix> gradients = new ArrayList<>();
        for (int layer = network.hidden(); layer >= 0; layer--) {
            gradients.add(0, products.gram(inputs.get(layer), pull).times(1 / numbers));
            if (layer > 0) {
                pull = back(products.times(pull, network.weights(layer).transposed()), inputs.get(layer));
            }
        }
        return gradients;
    }

    private static Samples withOne(Samples sums, boolean rectify) {
        Samples result = Samples.zero(sums.count(), sums.width() + 1);
        for (int row = 0; row < sums.count(); row++) {
            for (int at = 0; at < sums.width(); at++) {
                double value = sums.values()[row * sums.width() + at];
                result.values()[row * result.width() + at] = rectify ? Math.max(0, value) : value;
            }
            result.values()[(row + 1) * result.width() - 1] = 1;
        }
        return result;
    }

    private static Samples back(Samples gradient, Samples inputs) {
        Samples result = Samples.zero(gradient.count(), gradient.width() - 1);
        for (int row = 0; row < result.count(); row++) {
            for (int at = 0; at < result.width(); at++) {
                int from = row * gradient.width() + at;
                result.values()[row * result.width() + at] = inputs.values()[from] > 0 ? gradient.values()[from] : 0;
            }
        }
        return result;
    }

    private static Matrix moved(Matrix weights, Matrix gradient, Matrix first, Matrix second, double rate) {
        Matrix result = Matrix.zero(weights.rows(), weights.columns());
        int columns = weights.columns();
        IntStream.range(0, weights.rows()).parallel().forEach(row -> {
            for (int at = row * columns; at < (row + 1) * columns; at++) {
                double g = gradient.values()[at];
                first.values()[at] = FIRST * first.values()[at] + (1 - FIRST) * g;
                second.values()[at] = SECOND * second.values()[at] + (1 - SECOND) * g * g;
                result.values()[at] = weights.values()[at]
                        - rate * first.values()[at] / (Math.sqrt(second.values()[at]) + EPSILON);
            }
        });
        return result;
    }
}
