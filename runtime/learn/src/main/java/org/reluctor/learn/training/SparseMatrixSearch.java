package org.reluctor.learn.training;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.architecture.LinearEstimate;
import org.reluctor.learn.architecture.TrainableNetwork;
import org.reluctor.learn.data.BatchSource;
import org.reluctor.learn.device.AdamParameters;
import org.reluctor.learn.device.DeviceArithmetic;
import org.reluctor.learn.gradient.Tensor;
import org.reluctor.learn.measurement.ColumnScores;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.opencl.device.DeviceSession;
import org.reluctor.opencl.device.Holdings;

/**
 * Makes a sparse binary Φ for a network rather than for its linear part: while the network trains, ones move within
 * their columns along the gradient of its loss with respect to Φ ({@link ColumnScores}), which goes through the
 * measurements and through W = CΦᵀ(ΦCΦᵀ + εI)⁻¹; W follows Φ. The same input gives the same bytes on one device, also
 * where it was killed and resumed. One thread; close it before the session.
 */
public final class SparseMatrixSearch implements AutoCloseable {
    private static final String INVERSE = "W";
    private static final double LEAD = 0.02;

    private final RecoveryNetwork network;
    private final Signals signals;
    private final GradientOptions training;
    private final Options options;
    private final GradientProgress progress;
    private final TrainingGraph graph;
    private final Holdings held = new Holdings();
    private final DeviceArithmetic arithmetic;
    private final AdamParameters adam;
    private final BatchLoader loader;
    private final byte[] digest;
    private final ColumnScores scores;
    private MeasurementMatrix matrix;
    private Path checkpoint;
    private long step;
    private long elapsedNs;

    /**
     * What Φ is made for.
     *
     * @param batches    of signals
     * @param covariance C of the signals, n×n, for W
     * @param noise      ε, for W
     */
    public record Signals(BatchSource batches, Matrix covariance, double noise) {
    }

    /**
     * How Φ moves.
     *
     * @param rate   greatest learning rate of the scores; falls with the network's
     * @param every  steps of the network between two updates of Φ
     * @param share  of the schedule during which Φ moves; then the network settles
     */
    public record Options(double rate, int every, double share) {
        /** What has proved itself on ECG. */
        public static final Options USUAL = new Options(2e-3, 2, 0.8);

        public Options {
            if (!(rate > 0) || every < 1 || !(share > 0 && share <= 1)) {
                throw new IllegalArgumentException("rate " + rate + ", every " + every + " steps, share " + share
                        + "; right is above 0, 1 or more, above 0 and at most 1");
            }
        }
    }

    /**
     * Compiles the step for the device.
     *
     * @param start    with a sparse binary Φ, and W as initializer {@code W}; both are neither trained nor kept
     * @param training rate, warm-up, clip, loss and the sensor's faults; steps
     * @param session  stays the caller's
     */
    public SparseMatrixSearch(TrainableNetwork start, Signals signals, GradientOptions training, Options options,
            DeviceSession session, GradientProgress progress) {
        network = start.network();
        this.signals = signals;
        this.training = training;
        this.options = options;
        this.progress = progress;
        matrix = network.matrix().orElseThrow(() -> new IllegalArgumentException(
                "the network names no measurement matrix; there is nothing to search"));
        scores = new ColumnScores(matrix, LEAD);
        if (network.metadata().inputScale() != network.metadata().outputScale()) {
            throw new IllegalArgumentException("the network's scales of input and output differ; a search needs one");
        }
        graph = new TrainingGraph(network, start.trainable(), Set.of(network.metadata().matrixName(), INVERSE),
                signals.batches, training);
        List<Tensor> variables = List.copyOf(graph.variables().values());
        List<Tensor> gradients = graph.variables().keySet().stream().map(graph::gradient).toList();
        try {
            arithmetic = held.add(new DeviceArithmetic(session, graph.tape(), graph.kept()));
            adam = held.add(new AdamParameters(session, arithmetic, variables, gradients));
        } catch (RuntimeException | Error e) {
            Holdings.closeAfter(e, held);
            throw e;
        }
        loader = new BatchLoader(graph, arithmetic, training);
        Map<String, float[]> constants = TrainedConstants.of(network);
        graph.variables().forEach((name, variable) -> arithmetic.write(variable, constants.get(name)));
        digest = Checkpoint.digest(training.withMinutes(0) + "|" + options + "|" + graph.variables(), signals.batches,
                network, adam.parameters());
        settle();
    }

    /**
     * Goes on from that file if it is there, and writes it as the options of the training say.
     *
     * @throws org.reluctor.learn.data.DataFormatException if it is damaged, or of another search
     */
    public SparseMatrixSearch resumingFrom(Path file) {
        checkpoint = file;
        Checkpoint.read(file, digest).ifPresent(state -> {
            step = state.step();
            elapsedNs = state.elapsedNs();
            adam.restore(state.parameters(), state.moments());
            scores.restore(state.kept());
            matrix = scores.matrix();
            settle();
        });
        return this;
    }

    /** Φ as it is now. */
    public MeasurementMatrix matrix() {
        return matrix;
    }

    /** Searches to the end; gives the network with its Φ and W as it was trained on the way. */
    public RecoveryNetwork search() {
        return search(training.steps());
    }

    /** The same for so many steps at most, now. */
    public RecoveryNetwork search(long atMost) {
        long begin = System.nanoTime();
        long before = elapsedNs;
        long first = step;
        long end = Math.min(training.steps(), first + atMost);
        while (step < end) {
            double loss = advance();
            elapsedNs = before + System.nanoTime() - begin;
            if (checkpoint != null && (step % training.checkpointEvery() == 0 || step == end)) {
                new Checkpoint(step, elapsedNs, loss, 0, adam.parameters(), adam.moments(), scores.state())
                        .write(checkpoint, digest);
            }
            double secondsOfStep = (elapsedNs - before) / 1e9 / (step - first);
            progress.advanced(new GradientProgress.Report(step, training.steps(), loss, Double.NaN,
                    signals.batches.size() / secondsOfStep, (training.steps() - step) * secondsOfStep));
        }
        return found();
    }

    private double advance() {
        double share = (double) step / training.steps();
        double rate = training.rate(step, share);
        loader.load(signals.batches, step);
        arithmetic.run();
        double loss = arithmetic.read(graph.loss())[0];
        if (!Double.isFinite(loss)) {
            throw new ArithmeticException("the loss of step " + step + " is " + loss + "; a smaller rate than "
                    + training.rate() + " may help");
        }
        if (step % options.every == 0 && share < options.share) {
            move(options.rate * rate / training.rate());
        }
        adam.step(step, rate, training.clip());
        step++;
        return loss;
    }

    private void move(double rate) {
        scores.update(gradient(), step / options.every, rate);
        MeasurementMatrix next = scores.matrix();
        if (!next.equals(matrix)) {
            matrix = next;
            settle();
        }
    }

    /** With respect to Φ, through the measurements and through W. */
    private Matrix gradient() {
        double[] byPhi = arithmetic.read(graph.gradient(network.metadata().matrixName()));
        double[] byInverse = arithmetic.read(graph.gradient(INVERSE));
        return Matrix.of(matrix.rows(), matrix.columns(), byPhi).plus(1, LinearEstimate.gradient(signals.covariance,
                matrix, signals.noise, Matrix.of(matrix.columns(), matrix.rows(), byInverse)));
    }

    /** Brings Φ and its W to the device. */
    private void settle() {
        arithmetic.write(graph.watched().get(network.metadata().matrixName()), matrix.toArray());
        arithmetic.write(graph.watched().get(INVERSE), inverse());
    }

    private float[] inverse() {
        return LinearEstimate.of(signals.covariance, matrix, signals.noise).matrix().toFloats();
    }

    private RecoveryNetwork found() {
        float[] parameters = adam.parameters();
        Map<String, float[]> constants = new LinkedHashMap<>();
        graph.variables().forEach((name, variable) -> constants.put(name, adam.of(variable, parameters)));
        constants.put(network.metadata().matrixName(), matrix.toArray());
        constants.put(INVERSE, inverse());
        return TrainedConstants.replace(network, constants);
    }

    @Override
    public void close() {
        held.close();
    }
}
