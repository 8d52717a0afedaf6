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
import org.reluctor.learn.measurement.SparseMoves;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.opencl.device.DeviceSession;
import org.reluctor.opencl.device.Holdings;

/**
 * Makes a sparse binary Φ for a network rather than for its linear part: rounds of training are followed by moves of
 * single ones within their columns, where the gradient of the network's loss with respect to Φ says that the loss
 * falls; the gradient goes through the measurements and through W = CΦᵀ(ΦCΦᵀ + εI)⁻¹. A group of moves is kept only if
 * the loss falls on batches that the gradient has not seen; after a refusal half of it is tried. The same input gives
 * the same bytes on one device, also where it was killed and resumed. One thread; close it before the session.
 */
public final class SparseMatrixSearch implements AutoCloseable {
    private static final String INVERSE = "W";
    /** Groups tried in a round. */
    private static final int TRIES = 3;

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
    private SparseMoves moves;
    private Path checkpoint;
    private int round;
    private int group;
    private long elapsedNs;
    private double loss = Double.NaN;

    /**
     * What Φ is made for.
     *
     * @param training   batches for the steps
     * @param judging    batches of equal sizes that decide on moves, of the same recordings
     * @param covariance C of the signals, n×n, for W
     * @param noise      ε, for W
     */
    public record Signals(BatchSource training, BatchSource judging, Matrix covariance, double noise) {
    }

    /**
     * How long.
     *
     * @param rounds       of training and moving
     * @param stepsARound  of training, at least 1
     * @param batches      that the gradient is averaged over, and as many others that judge
     * @param greatestGroup most ones that move together
     */
    public record Options(int rounds, int stepsARound, int batches, int greatestGroup) {
        public Options {
            if (rounds < 1 || stepsARound < 1 || batches < 1 || greatestGroup < 1) {
                throw new IllegalArgumentException(rounds + " rounds of " + stepsARound + " steps, " + batches
                        + " batches, groups of " + greatestGroup + "; each must be 1 or more");
            }
        }
    }

    /**
     * Compiles the step for the device.
     *
     * @param start    with a sparse binary Φ, and W as initializer {@code W}; both are neither trained nor kept
     * @param training rate, warm-up, clip, loss and the sensor's faults; its schedule is the search's
     * @param session  stays the caller's
     */
    public SparseMatrixSearch(TrainableNetwork start, Signals signals, GradientOptions training, Options options,
            DeviceSession session, GradientProgress progress) {
        network = start.network();
        this.signals = signals;
        this.training = training;
        this.options = options;
        this.progress = progress;
        moves = new SparseMoves(network.matrix().orElseThrow(() -> new IllegalArgumentException(
                "the network names no measurement matrix; there is nothing to search")));
        if (network.metadata().inputScale() != network.metadata().outputScale()) {
            throw new IllegalArgumentException("the network's scales of input and output differ; a search needs one");
        }
        graph = new TrainingGraph(network, start.trainable(), Set.of(network.metadata().matrixName(), INVERSE),
                signals.training, training);
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
        group = options.greatestGroup;
        digest = Checkpoint.digest(training + "|" + options + "|" + graph.variables(), signals.training, network,
                adam.parameters());
        settle();
    }

    /**
     * Goes on from that file if it is there, and writes it after every round.
     *
     * @throws org.reluctor.learn.data.DataFormatException if it is damaged, or of another search
     */
    public SparseMatrixSearch resumingFrom(Path file) {
        checkpoint = file;
        Checkpoint.read(file, digest).ifPresent(state -> {
            round = (int) state.step();
            elapsedNs = state.elapsedNs();
            loss = state.best();
            group = state.idle();
            MeasurementMatrix old = moves.matrix();
            moves = new SparseMoves(MeasurementMatrix.dense(old.rows(), old.columns(), state.kept()));
            adam.restore(state.parameters(), state.moments());
            settle();
        });
        return this;
    }

    /** Φ as it is now. */
    public MeasurementMatrix matrix() {
        return moves.matrix();
    }

    /** Searches to the end; gives the network with its Φ and W as it was trained on the way. */
    public RecoveryNetwork search() {
        return search(options.rounds);
    }

    /** The same for so many rounds at most, now. */
    public RecoveryNetwork search(int atMost) {
        long begin = System.nanoTime();
        long before = elapsedNs;
        int first = round;
        int end = Math.min(options.rounds, first + atMost);
        while (round < end) {
            double trained = train();
            move();
            round++;
            elapsedNs = before + System.nanoTime() - begin;
            if (checkpoint != null) {
                new Checkpoint(round, elapsedNs, loss, group, adam.parameters(), adam.moments(),
                        moves.matrix().toArray()).write(checkpoint, digest);
            }
            double secondsOfRound = (elapsedNs - before) / 1e9 / (round - first);
            progress.advanced(new GradientProgress.Report(round, options.rounds, trained, loss,
                    signals.training.size() * options.stepsARound / secondsOfRound,
                    (options.rounds - round) * secondsOfRound));
        }
        return found();
    }

    private double train() {
        double last = Double.NaN;
        long first = (long) round * options.stepsARound;
        double all = (double) options.rounds * options.stepsARound;
        for (long step = first; step < first + options.stepsARound; step++) {
            last = lossOf(signals.training, step);
            if (!Double.isFinite(last)) {
                throw new ArithmeticException("the loss of step " + step + " is " + last + "; a smaller rate than "
                        + training.rate() + " may help");
            }
            adam.step(step, training.rate(step, step / all), training.clip());
        }
        return last;
    }

    private double lossOf(BatchSource source, long number) {
        loader.load(source, number);
        arithmetic.run();
        return arithmetic.read(graph.loss())[0];
    }

    private void move() {
        long first = 2L * round * options.batches;
        List<SparseMoves.Move> ranked = moves.ranked(gradient(first));
        double before = judged(first + options.batches);
        loss = before;
        int count = Math.min(group, ranked.size());
        for (int tried = 0; tried < TRIES && count > 0; tried++, count /= 2) {
            List<SparseMoves.Move> chosen = ranked.subList(0, count);
            moves.apply(chosen);
            settle();
            double after = judged(first + options.batches);
            if (after < before) {
                loss = after;
                group = Math.min(options.greatestGroup, 2 * count);
                return;
            }
            moves.undo(chosen);
        }
        settle();
        group = Math.max(1, group / 2);
    }

    private double judged(long first) {
        double sum = 0;
        for (int batch = 0; batch < options.batches; batch++) {
            sum += lossOf(signals.judging, first + batch);
        }
        return sum / options.batches;
    }

    /** With respect to Φ, through the measurements and through W. */
    private Matrix gradient(long first) {
        Tensor phi = graph.gradient(network.metadata().matrixName());
        Tensor inverse = graph.gradient(INVERSE);
        double[] byPhi = new double[phi.elements()];
        double[] byInverse = new double[inverse.elements()];
        for (int batch = 0; batch < options.batches; batch++) {
            lossOf(signals.judging, first + batch);
            add(arithmetic.read(phi), byPhi);
            add(arithmetic.read(inverse), byInverse);
        }
        MeasurementMatrix now = moves.matrix();
        Matrix through = LinearEstimate.gradient(signals.covariance, now, signals.noise,
                Matrix.of(now.columns(), now.rows(), byInverse));
        return Matrix.of(now.rows(), now.columns(), byPhi).plus(1, through);
    }

    private static void add(double[] from, double[] to) {
        for (int at = 0; at < to.length; at++) {
            to[at] += from[at];
        }
    }

    /** Brings Φ and its W to the device. */
    private void settle() {
        arithmetic.write(graph.watched().get(network.metadata().matrixName()), moves.matrix().toArray());
        arithmetic.write(graph.watched().get(INVERSE), inverse());
    }

    private float[] inverse() {
        return LinearEstimate.of(signals.covariance, moves.matrix(), signals.noise).matrix().toFloats();
    }

    private RecoveryNetwork found() {
        float[] parameters = adam.parameters();
        Map<String, float[]> constants = new LinkedHashMap<>();
        graph.variables().forEach((name, variable) -> constants.put(name, adam.of(variable, parameters)));
        constants.put(network.metadata().matrixName(), moves.matrix().toArray());
        constants.put(INVERSE, inverse());
        return TrainedConstants.replace(network, constants);
    }

    @Override
    public void close() {
        held.close();
    }
}
