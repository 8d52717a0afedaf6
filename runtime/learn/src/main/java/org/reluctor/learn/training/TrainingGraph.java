package org.reluctor.learn.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.reluctor.learn.data.BatchSource;
import org.reluctor.learn.gradient.Elementary;
import org.reluctor.learn.gradient.Formula;
import org.reluctor.learn.gradient.NetworkTape;
import org.reluctor.learn.gradient.Tape;
import org.reluctor.learn.gradient.Tensor;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.NetworkMetadata;
import org.reluctor.network.RecoveryNetwork;

/**
 * One step of training on a tape: signals are measured, y = Φx + noise, quantised if wished, recovered, and compared;
 * then the gradient of the loss.
 */
final class TrainingGraph {
    private static final Formula A = Formula.input(0);
    private static final Formula B = Formula.input(1);
    /** Under the root of a relative error: keeps its derivative finite where the error vanishes. */
    private static final double ROOT_FLOOR = 1e-7;
    /** In a logarithm: what is recovered better than to -60 dB is good enough. */
    private static final double LOGARITHM_FLOOR = 1e-6;

    private final Tape tape = new Tape();
    private final GradientOptions options;
    private final BatchSource batches;
    private final NetworkMetadata metadata;
    private final Tensor signals;
    private final Tensor weights;
    private final Tensor noise;
    private final Tensor loss;
    private final Map<String, Tensor> variables = new LinkedHashMap<>();
    private final Map<String, Tensor> watched = new LinkedHashMap<>();
    private final Map<String, Tensor> gradients = new LinkedHashMap<>();

    TrainingGraph(RecoveryNetwork network, Set<String> trainable, BatchSource batches, GradientOptions options) {
        this(network, trainable, Set.of(), batches, options);
    }

    /** The same with further initializers whose gradients are wanted, and which are not among the trained ones. */
    TrainingGraph(RecoveryNetwork network, Set<String> trained, Set<String> further, BatchSource batches,
            GradientOptions options) {
        this.options = options;
        this.batches = batches;
        this.metadata = network.metadata();
        Set<String> varying = new TreeSet<>(trained);
        varying.addAll(further);
        SensorMatrix sensor = SensorMatrix.of(network, varying, options.binaryMatrix());
        MeasurementMatrix matrix = sensor.matrix();
        if (matrix.columns() != batches.width()) {
            throw new IllegalArgumentException("signals of " + batches.width() + " samples for a matrix of "
                    + matrix.rows() + "×" + matrix.columns());
        }
        int frames = batches.size();
        signals = tape.given(frames, batches.width());
        weights = tape.given(frames, 1);
        noise = options.noise() > 0 ? tape.given(frames, matrix.rows()) : null;
        NetworkTape recorded = new NetworkTape(tape, frames, varying);
        SensorMatrix.Recorded phi = sensor.record(tape, recorded, network);
        List<Tensor> outputs = recorded.record(network, measured(phi.phi()));
        Map<String, Tensor> all = new LinkedHashMap<>(recorded.variables());
        if (sensor.learned()) {
            all.put(sensor.name(), phi.free());
        }
        all.forEach((name, variable) -> (further.contains(name) ? watched : variables).put(name, variable));
        loss = penalised(total(network, outputs));
        tape.differentiate(loss);
        // Gradients may be one and the same array, or a constant: each gets an array of its own.
        all.forEach((name, variable) -> gradients.put(name, tape.gradient(variable)
                .map(gradient -> tape.pointwise(A, gradient))
                .orElseThrow(() -> new IllegalArgumentException("the loss does not depend on " + name))));
    }

    private Tensor measured(Tensor phi) {
        Tensor y = tape.matMul(signals, phi, true);
        Tensor noisy = noise == null ? y : tape.pointwise(Elementary.ADD.of(A, B), y, noise);
        Tensor sent = options.bits() == 0 ? noisy : quantised(noisy);
        return tape.pointwise(Elementary.MUL.of(Formula.of(1 / metadata.inputScale()), A), sent);
    }

    /** To whole numbers of the window's own range. */
    private Tensor quantised(Tensor y) {
        double levels = (1L << options.bits()) - 1;
        Tensor greatest = tape.greatest(y, 1);
        Tensor least = tape.pointwise(Elementary.NEG.of(A), tape.greatest(tape.pointwise(Elementary.NEG.of(A), y), 1));
        Formula range = Elementary.MAX.of(Elementary.SUB.of(B, Formula.input(2)), Formula.of(Float.MIN_NORMAL));
        Formula step = Elementary.DIV.of(range, Formula.of(levels));
        Formula number = Elementary.ROUND.of(Elementary.DIV.of(Elementary.SUB.of(A, Formula.input(2)), step));
        return tape.pointwise(Elementary.ADD.of(Elementary.MUL.of(number, step), Formula.input(2)), y, greatest, least);
    }

    private Tensor total(RecoveryNetwork network, List<Tensor> outputs) {
        Formula inNetworkUnit = Elementary.MUL.of(Formula.of(1 / metadata.outputScale()),
                Elementary.SUB.of(A, Formula.of(metadata.outputOffset())));
        Tensor target = tape.pointwise(inNetworkUnit, signals);
        Tensor own = loss(outputs.get(0), target);
        int estimate = network.estimate().map(network.outputs()::indexOf).orElse(-1);
        if (options.estimateWeight() == 0 || estimate < 0) {
            return own;
        }
        Formula sum = Elementary.ADD.of(A, Elementary.MUL.of(Formula.of(options.estimateWeight()), B));
        return tape.pointwise(sum, own, loss(outputs.get(estimate), target));
    }

    private Tensor penalised(Tensor own) {
        Tensor sum = own;
        for (Tensor variable : options.penalty() > 0 ? variables.values() : List.<Tensor>of()) {
            int rows = variable.dims()[0];
            Tensor squares = tape.pointwise(Elementary.MUL.of(A, A),
                    tape.reshape(variable, rows, variable.elements() / rows));
            sum = tape.pointwise(Elementary.ADD.of(A, B), sum,
                    tape.reshape(tape.sum(squares, options.penalty(), 1, 0), 1));
        }
        return sum;
    }

    private Tensor loss(Tensor output, Tensor target) {
        int frames = batches.size();
        int length = batches.width();
        Tensor flat = tape.reshape(output, frames, length);
        Formula difference = Elementary.SUB.of(A, B);
        Tensor squares = tape.pointwise(Elementary.MUL.of(difference, difference), flat, target);
        if (options.loss() == GradientOptions.LossKind.MEAN_SQUARE) {
            return tape.reshape(tape.sum(squares, 1.0 / frames / length, 1, 0), 1);
        }
        Tensor relative = tape.pointwise(Elementary.MUL.of(A, B), tape.sum(squares, 1.0 / length, 1), weights);
        int together = batches.groupSize();
        int records = frames / together;
        Tensor byRecord = tape.sum(tape.reshape(relative, records, together), 1.0 / together, 1);
        Tensor errors = tape.pointwise(options.loss() == GradientOptions.LossKind.LOGARITHMIC
                ? Elementary.LOG.of(Elementary.ADD.of(A, Formula.of(LOGARITHM_FLOOR)))
                : Elementary.SQRT.of(Elementary.ADD.of(A, Formula.of(ROOT_FLOOR))), byRecord);
        return tape.reshape(tape.sum(errors, 1.0 / records, 0), 1);
    }

    Tape tape() {
        return tape;
    }

    /** [frames, length]: x. */
    Tensor signals() {
        return signals;
    }

    /** [frames, 1]: 1 / power, in the network's unit. */
    Tensor weights() {
        return weights;
    }

    /** [frames, m], or null where there is none. */
    Tensor noise() {
        return noise;
    }

    /** [1]. */
    Tensor loss() {
        return loss;
    }

    /** The trainable initializers. */
    Map<String, Tensor> variables() {
        return variables;
    }

    /** The initializers that have a gradient and are not trained. */
    Map<String, Tensor> watched() {
        return watched;
    }

    /** All that is written or read: parameters side by side, their gradients in the same order, and the rest. */
    List<Tensor> kept() {
        List<Tensor> kept = new ArrayList<>(variables.values());
        kept.addAll(watched.values());
        variables.keySet().forEach(name -> kept.add(gradients.get(name)));
        watched.keySet().forEach(name -> kept.add(gradients.get(name)));
        kept.addAll(List.of(loss, signals, weights));
        if (noise != null) {
            kept.add(noise);
        }
        return kept;
    }

    /** The gradient of a trainable or watched initializer. */
    Tensor gradient(String name) {
        return gradients.get(name);
    }

    /** Factor by which weights of errors in the unit of x become those of the network's output. */
    double weightScale() {
        return metadata.outputScale() * metadata.outputScale();
    }
}
