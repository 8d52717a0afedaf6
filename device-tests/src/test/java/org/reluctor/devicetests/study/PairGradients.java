package org.reluctor.devicetests.study;

import java.util.Set;
import java.util.function.BiConsumer;
import org.reluctor.devicetests.TestDevice;
import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.algebra.Samples;
import org.reluctor.learn.data.BatchSource;
import org.reluctor.learn.data.SampleBatches;
import org.reluctor.learn.training.GradientOptions;
import org.reluctor.learn.training.GradientTrainer;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.NetworkBuilder;
import org.reluctor.network.NetworkMetadata;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.network.Value;
import org.reluctor.opencl.device.DeviceSession;

/**
 * The project's training by gradients on given pairs [y, t], what studies hold other methods against. To the trainer a
 * pair is one signal, of which Φ = [I 0] measures the first part, and which the network answers with [y, its output]:
 * the first part is then without error, and the loss is that of the second but for a factor.
 */
public final class PairGradients {
    private static final int WARM_UP = 50;

    private final Samples pairs;
    private final int m;
    private final int batch;

    /** Of inputs y and targets t, with so many pairs a step. */
    public PairGradients(Samples inputs, Samples targets, int batch) {
        this.batch = batch;
        m = inputs.width();
        int width = m + targets.width();
        pairs = Samples.zero(inputs.count(), width);
        for (int at = 0; at < pairs.count(); at++) {
            System.arraycopy(inputs.values(), at * m, pairs.values(), at * width, m);
            System.arraycopy(targets.values(), at * (width - m), pairs.values(), at * width + m, width - m);
        }
    }

    /** What is put between y and the output. */
    public interface Layers {
        /** Adds them to a graph, and the names of what is trained to a set. */
        Value add(NetworkBuilder graph, Value y, Set<String> trainable);
    }

    /**
     * How long and how fast.
     *
     * @param seconds  of the clock
     * @param clock    that they are measured by
     * @param watch    started; stands still while programs are compiled, which the clock does not count either
     * @param rate     greatest, falling along a cosine
     * @param penalty  times the sum of all trained numbers' squares is added to the objective
     * @param seed     of the order of pairs
     * @param progress hears the seconds that passed and a batch's objective, half the mean squared error a number of t,
     *                 and the penalty
     */
    public record Schedule(double seconds, StudyClock clock, Stopwatch watch, double rate, double penalty, long seed,
            BiConsumer<Double, Double> progress) {
    }

    /** Trains, and gives the whole network, whose initializers {@link #constant} finds. */
    public RecoveryNetwork train(Layers layers, Set<String> trainable, Schedule schedule) {
        BatchSource batches = new SampleBatches(pairs, batch, schedule.seed());
        // Half the mean square over t's part of a pair is this often the loss over all of it.
        double factor = pairs.width() / 2.0 / (pairs.width() - m);
        GradientOptions options = GradientOptions.of(Integer.MAX_VALUE).withMinutes(schedule.seconds() / 60)
                .withRate(schedule.rate(), WARM_UP).withLoss(GradientOptions.LossKind.MEAN_SQUARE, 0)
                .withPenalty(schedule.penalty() / factor).withIntervals(Integer.MAX_VALUE, 0, Integer.MAX_VALUE);
        RecoveryNetwork graph = graph(layers, trainable);
        double[] began = new double[1];
        schedule.watch().stop();
        try (DeviceSession session = TestDevice.open();
                GradientTrainer trainer = new GradientTrainer(graph, trainable,
                        new GradientTrainer.Data(batches, batches), options, session, report -> schedule.progress()
                                .accept(schedule.clock().seconds() - began[0], factor * report.loss()))) {
            schedule.watch().start();
            began[0] = schedule.clock().seconds();
            return trainer.withClock(schedule.clock()).train();
        }
    }

    private RecoveryNetwork graph(Layers layers, Set<String> trainable) {
        NetworkBuilder graph = new NetworkBuilder("pairs");
        Value y = graph.input("y", m);
        graph.output(graph.concat(1, y, layers.add(graph, y, trainable)), "signal");
        float[] first = new float[m * pairs.width()];
        for (int row = 0; row < m; row++) {
            first[row * pairs.width() + row] = 1;
        }
        return graph.build(NetworkMetadata.of(pairs.width(), m, 1), MeasurementMatrix.dense(m, pairs.width(), first));
    }

    /** An initializer of a network. */
    public static float[] constant(RecoveryNetwork graph, String name) {
        return graph.nodes().stream().flatMap(node -> node.inputs().stream())
                .filter(input -> input.floats() != null && input.name().equals(name)).findFirst().orElseThrow()
                .floats();
    }

    /** The same as a matrix of given size. */
    public static Matrix matrix(RecoveryNetwork graph, String name, int rows, int columns) {
        Matrix matrix = Matrix.zero(rows, columns);
        int done = 0;
        for (float value : constant(graph, name)) {
            matrix.values()[done++] = value;
        }
        return matrix;
    }
}
