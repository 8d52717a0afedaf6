package org.reluctor.devicetests.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.reluctor.devicetests.TestDevice;
import org.reluctor.devicetests.study.Stopwatch;
import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.algebra.Samples;
import org.reluctor.learn.data.BatchSource;
import org.reluctor.learn.data.SampleBatches;
import org.reluctor.learn.training.GradientOptions;
import org.reluctor.learn.training.GradientTrainer;
import org.reluctor.learn.unrectified.DenseNetwork;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.NetworkBuilder;
import org.reluctor.network.NetworkMetadata;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.network.Value;
import org.reluctor.opencl.device.DeviceSession;

/**
 * The project's training by gradients for a fully connected network on given pairs [y, t], what the study holds the
 * un-rectified methods against. To the trainer a pair is one signal, of which Φ = [I 0] measures the first part, and
 * which the network answers with [y, its output]: the first part is then without error, and the loss is that of the
 * second but for a factor.
 */
final class DenseGradients {
    private static final int WARM_UP = 50;

    private final Samples pairs;
    private final int m;
    private final int batch;
    private final double rate;
    private final LongSupplier clock;
    private final Stopwatch watch;

    /** @param watch stands still while programs are compiled, as the clock is not looked at then */
    DenseGradients(Samples measurements, Samples targets, int batch, double rate, LongSupplier clock,
            Stopwatch watch) {
        this.watch = watch;
        this.batch = batch;
        this.rate = rate;
        this.clock = clock;
        m = measurements.width();
        int width = m + targets.width();
        pairs = Samples.zero(measurements.count(), width);
        for (int at = 0; at < pairs.count(); at++) {
            System.arraycopy(measurements.values(), at * m, pairs.values(), at * width, m);
            System.arraycopy(targets.values(), at * (width - m), pairs.values(), at * width + m, width - m);
        }
    }

    /**
     * Trains for that many seconds of the clock, the rate falling along a cosine.
     *
     * @param progress hears the seconds that passed and a batch's objective, half the mean squared error
     */
    DenseNetwork train(DenseNetwork start, double seconds, long seed, BiConsumer<Double, Double> progress) {
        BatchSource batches = new SampleBatches(pairs, batch, seed);
        GradientOptions options = GradientOptions.of(Integer.MAX_VALUE).withMinutes(seconds / 60).withRate(rate,
                WARM_UP).withLoss(GradientOptions.LossKind.MEAN_SQUARE, 0)
                .withIntervals(Integer.MAX_VALUE, 0, Integer.MAX_VALUE);
        Set<String> trainable = new TreeSet<>();
        RecoveryNetwork graph = graph(start, trainable);
        double factor = pairs.width() / 2.0 / (pairs.width() - m);
        long[] began = new long[1];
        watch.stop();
        try (DeviceSession session = TestDevice.open();
                GradientTrainer trainer = new GradientTrainer(graph, trainable,
                        new GradientTrainer.Data(batches, batches), options, session, report -> progress.accept(
                                (clock.getAsLong() - began[0]) / 1e9, factor * report.loss()))) {
            watch.start();
            began[0] = clock.getAsLong();
            return trained(trainer.withClock(clock).train(), start);
        }
    }

    private RecoveryNetwork graph(DenseNetwork network, Set<String> trainable) {
        NetworkBuilder graph = new NetworkBuilder("dense");
        Value y = graph.input("y", m);
        Value activations = y;
        for (int layer = 0; layer <= network.hidden(); layer++) {
            Matrix all = network.weights(layer);
            int inputs = all.rows() - 1;
            trainable.addAll(List.of(weights(layer), bias(layer)));
            activations = graph.gemm(activations, graph.constant(weights(layer), all.rowRange(0, inputs).toFloats(),
                    inputs, all.columns()), graph.constant(bias(layer), all.rowRange(inputs, 1).toFloats(),
                            all.columns()), false);
            activations = layer == network.hidden() ? activations : graph.relu(activations);
        }
        graph.output(graph.concat(1, y, activations), "signal");
        float[] first = new float[m * pairs.width()];
        for (int row = 0; row < m; row++) {
            first[row * pairs.width() + row] = 1;
        }
        return graph.build(NetworkMetadata.of(pairs.width(), m, 1), MeasurementMatrix.dense(m, pairs.width(), first));
    }

    private static String weights(int layer) {
        return "W" + (layer + 1);
    }

    private static String bias(int layer) {
        return "b" + (layer + 1);
    }

    private static DenseNetwork trained(RecoveryNetwork graph, DenseNetwork start) {
        List<Matrix> all = new ArrayList<>();
        for (int layer = 0; layer <= start.hidden(); layer++) {
            Matrix weights = Matrix.zero(start.weights(layer).rows(), start.weights(layer).columns());
            int done = 0;
            for (String name : List.of(weights(layer), bias(layer))) {
                for (float value : constant(graph, name)) {
                    weights.values()[done++] = value;
                }
            }
            all.add(weights);
        }
        return new DenseNetwork(all, false);
    }

    private static float[] constant(RecoveryNetwork graph, String name) {
        return graph.nodes().stream().flatMap(node -> node.inputs().stream())
                .filter(input -> input.floats() != null && input.name().equals(name)).findFirst().orElseThrow()
                .floats();
    }
}
