package org.reluctor.learn.training;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.reluctor.learn.data.BatchSource;
import org.reluctor.learn.device.AdamParameters;
import org.reluctor.learn.device.DeviceArithmetic;
import org.reluctor.learn.gradient.Tensor;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.opencl.device.DeviceSession;
import org.reluctor.opencl.device.Holdings;

/**
 * Trains chosen initializers of any recovery network by gradients: Adam on an OpenCL device, in float32, with nothing
 * copied within a step but the batch in and the loss out. The same network, data and options give the same bytes on
 * one device, also where training was killed and resumed from its checkpoint. One thread; close it before the session.
 */
public final class GradientTrainer implements AutoCloseable {
    /** Batches that a validation takes. */
    private static final int VALIDATION_BATCHES = 8;

    private final RecoveryNetwork network;
    private final Data data;
    private final GradientOptions options;
    private final GradientProgress progress;
    private final TrainingGraph graph;
    private final SensorMatrix sensor;
    private final MovingMatrix moving;
    private final Holdings held = new Holdings();
    private final DeviceArithmetic arithmetic;
    private final AdamParameters adam;
    private final BatchLoader loader;
    private final byte[] digest;
    private Path checkpoint;
    private LongSupplier nanoClock = System::nanoTime;
    private long step;
    private long elapsedNs;
    private double best = Double.NaN;
    private int idle;
    private float[] kept;

    /**
     * What is learned from, and what tells when it is learned.
     *
     * @param training   for the steps
     * @param validation of the same sizes, whose first batches judge; the training's own where there is none
     */
    public record Data(BatchSource training, BatchSource validation) {
        public Data {
            if (training.width() != validation.width() || training.size() != validation.size()
                    || training.groupSize() != validation.groupSize()) {
                throw new IllegalArgumentException("batches for training and validation must be of equal sizes");
            }
        }
    }

    /**
     * Compiles the step for the device.
     *
     * @param network   with Φ and the initializers' first values
     * @param trainable names of initializers
     * @param session   stays the caller's
     * @throws IllegalArgumentException if the network lacks an initializer, or uses one that no loss depends on
     */
    public GradientTrainer(RecoveryNetwork network, Set<String> trainable, Data data, GradientOptions options,
            DeviceSession session, GradientProgress progress) {
        this(network, trainable, data, options, null, session, progress);
    }

    /**
     * The same with a sparse binary Φ whose ones move, and W, {@link
     * org.reluctor.learn.architecture.TrainableNetwork#LINEAR}, which follows it; neither is among the trainable.
     *
     * @param moves how they move; null where Φ stays or is trainable
     */
    public GradientTrainer(RecoveryNetwork network, Set<String> trainable, Data data, GradientOptions options,
            MatrixMoves moves, DeviceSession session, GradientProgress progress) {
        this.network = network;
        this.data = data;
        this.options = options;
        this.progress = progress;
        sensor = SensorMatrix.of(network, trainable, options.binaryMatrix());
        graph = new TrainingGraph(network, trainable, moves == null ? Set.of() : MovingMatrix.names(network),
                data.training(), options);
        List<Tensor> variables = List.copyOf(graph.variables().values());
        List<Tensor> gradients = graph.variables().keySet().stream().map(graph::gradient).toList();
        try {
            arithmetic = held.add(new DeviceArithmetic(session, graph.tape(), graph.kept()));
            adam = held.add(new AdamParameters(session, arithmetic, variables, gradients));
        } catch (RuntimeException | Error e) {
            Holdings.closeAfter(e, held);
            throw e;
        }
        Map<String, float[]> constants = TrainedConstants.of(network);
        if (sensor.learned()) {
            constants.put(sensor.name(), sensor.start());
        }
        graph.variables().forEach((name, variable) -> arithmetic.write(variable, constants.get(name)));
        moving = moves == null ? null : new MovingMatrix(network, moves, graph, arithmetic);
        kept = parametersNow();
        loader = new BatchLoader(graph, arithmetic, options);
        // What must be the same for a checkpoint to be gone on from; how long training may take need not be.
        digest = Checkpoint.digest(options.withMinutes(0) + "|" + graph.variables()
                + (moves == null ? "" : "|" + moves.rate() + "|" + moves.every() + "|" + moves.share() + "|"
                + moves.noise() + "|" + moves.level()), data.training(), network, kept);
    }

    /**
     * Goes on from that file if it is there, and writes it as the options say.
     *
     * @throws org.reluctor.learn.data.DataFormatException if it is damaged, or of other training
     */
    public GradientTrainer resumingFrom(Path file) {
        checkpoint = file;
        Checkpoint.read(file, digest).ifPresent(state -> {
            step = state.step();
            elapsedNs = state.elapsedNs();
            best = state.best();
            idle = state.idle();
            kept = state.kept();
            adam.restore(Arrays.copyOf(state.parameters(), adam.count()), state.moments());
            restoreMatrix(state.parameters());
        });
        return this;
    }

    /** Reads the time from that clock, such as the processor's where the machine has other work. */
    public GradientTrainer withClock(LongSupplier nanos) {
        nanoClock = nanos;
        return this;
    }

    /** Of the network, then the state of Φ where it moves. */
    private float[] parametersNow() {
        float[] own = adam.parameters();
        if (moving == null) {
            return own;
        }
        float[] state = moving.state();
        float[] all = Arrays.copyOf(own, own.length + state.length);
        System.arraycopy(state, 0, all, own.length, state.length);
        return all;
    }

    private void restoreMatrix(float[] parameters) {
        if (moving != null) {
            moving.restore(Arrays.copyOfRange(parameters, adam.count(), parameters.length));
        }
    }

    /** Trainable numbers. */
    public int parameters() {
        return graph.variables().values().stream().mapToInt(Tensor::elements).sum();
    }

    /** Steps done. */
    public long steps() {
        return step;
    }

    /** The least loss on the validation batches; NaN before the first. */
    public double validation() {
        return best;
    }

    /** Floating-point operations of the products of one step, for whoever measures. */
    public long operationsOfStep() {
        return arithmetic.operations();
    }

    /** Kernel launches of one step. */
    public int launchesOfStep() {
        return arithmetic.launchCount();
    }

    /**
     * Trains until the schedule or the time is over or nothing is gained any more.
     *
     * @return the network as it was at the best validation
     * @throws ArithmeticException if the loss is no longer a number
     */
    public RecoveryNetwork train() {
        return train(Long.MAX_VALUE);
    }

    /** The same for so many steps of the schedule at most, now; what is left can be done later. */
    public RecoveryNetwork train(long atMost) {
        long begin = nanoClock.getAsLong();
        long before = elapsedNs;
        long first = step;
        long end = Math.min(options.steps(), atMost > options.steps() ? options.steps() : step + atMost);
        while (step < end && share() < 1 && !(options.patience() > 0 && idle >= options.patience())) {
            double loss = advance();
            elapsedNs = before + nanoClock.getAsLong() - begin;
            boolean over = step == options.steps() || share() >= 1;
            if (step % options.validateEvery() == 0 || over) {
                validate();
            }
            if (checkpoint != null && (step % options.checkpointEvery() == 0 || over)) {
                save();
            }
            report(loss, step - first, elapsedNs - before);
        }
        return trained();
    }

    /** How much of the schedule is over: by steps, or by time if that is shorter. */
    private double share() {
        double bySteps = (double) step / options.steps();
        return options.minutes() == 0 ? bySteps : Math.max(bySteps, elapsedNs / (options.minutes() * 60e9));
    }

    private double advance() {
        loader.load(data.training(), step);
        double rate = options.rate(step, share());
        arithmetic.run();
        double loss = arithmetic.read(graph.loss())[0];
        if (!Double.isFinite(loss)) {
            throw new ArithmeticException("the loss of step " + step + " is " + loss + "; a smaller rate than "
                    + options.rate() + " may help");
        }
        if (moving != null) {
            moving.advance(step, share(), rate / options.rate());
        }
        adam.step(step, rate, options.clip());
        step++;
        return loss;
    }

    private void validate() {
        double sum = 0;
        for (int batch = 0; batch < VALIDATION_BATCHES; batch++) {
            loader.load(data.validation(), batch);
            arithmetic.run();
            sum += arithmetic.read(graph.loss())[0];
        }
        double loss = sum / VALIDATION_BATCHES;
        // The first is taken even where it is not a number: training would say so in the next step.
        boolean better = !(loss >= best);
        idle = better ? 0 : idle + 1;
        if (better) {
            best = loss;
            kept = parametersNow();
        }
    }

    private void save() {
        new Checkpoint(step, elapsedNs, best, idle, parametersNow(), adam.moments(), kept).write(checkpoint, digest);
    }

    private void report(double loss, long steps, long spentNs) {
        double secondsOfStep = spentNs / 1e9 / steps;
        double left = (options.steps() - step) * secondsOfStep;
        double byTime = options.minutes() == 0 ? left : options.minutes() * 60 - elapsedNs / 1e9;
        progress.advanced(new GradientProgress.Report(step, options.steps(), loss, best,
                data.training().size() / secondsOfStep, Math.max(0, Math.min(left, byTime))));
    }

    private RecoveryNetwork trained() {
        float[] parameters = Double.isNaN(best) ? parametersNow() : kept;
        Map<String, float[]> constants = new LinkedHashMap<>();
        graph.variables().forEach((name, variable) -> constants.put(name, adam.of(variable, parameters)));
        if (sensor.learned()) {
            constants.computeIfPresent(sensor.name(), (name, free) -> sensor.settled(free));
        }
        if (moving != null) {
            float[] now = parametersNow();
            restoreMatrix(parameters);
            constants.putAll(moving.constants());
            restoreMatrix(now);
        }
        return TrainedConstants.replace(network, constants);
    }

    @Override
    public void close() {
        held.close();
    }
}
