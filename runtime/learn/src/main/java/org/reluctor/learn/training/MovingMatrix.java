package org.reluctor.learn.training;

import java.util.Map;
import java.util.Set;
import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.architecture.LinearEstimate;
import org.reluctor.learn.architecture.TrainableNetwork;
import org.reluctor.learn.device.DeviceArithmetic;
import org.reluctor.learn.measurement.ColumnScores;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.RecoveryNetwork;

/** Φ that moves as {@link MatrixMoves} says, and the W that follows it, in a training graph on a device. */
final class MovingMatrix {
    /** Of ones over zeros at the start, in units of the scores: ten steps at the usual rate. */
    private static final double LEAD = 0.02;

    private final MatrixMoves moves;
    private final String name;
    private final TrainingGraph graph;
    private final DeviceArithmetic arithmetic;
    private final ColumnScores scores;
    private MeasurementMatrix matrix;

    /**
     * @param graph that watches {@link #names}
     * @throws IllegalArgumentException if Φ is not sparse binary
     */
    MovingMatrix(RecoveryNetwork network, MatrixMoves moves, TrainingGraph graph, DeviceArithmetic arithmetic) {
        if (network.metadata().inputScale() != network.metadata().outputScale()) {
            throw new IllegalArgumentException("the network's scales of input and output differ; where its matrix is"
                    + " to move they must be equal");
        }
        this.moves = moves;
        this.graph = graph;
        this.arithmetic = arithmetic;
        name = network.metadata().matrixName();
        matrix = network.matrix().orElseThrow();
        scores = new ColumnScores(matrix, LEAD, moves.level());
        matrix = scores.matrix();
        settle();
    }

    /** Initializers that change with Φ. */
    static Set<String> names(RecoveryNetwork network) {
        return Set.of(network.metadata().matrixName(), TrainableNetwork.LINEAR);
    }

    /**
     * Moves ones by the gradients of the last run, if it is time.
     *
     * @param step of the network, from 0
     * @param done share of the schedule that is over
     * @param pace the network's learning rate as a share of its greatest
     */
    void advance(long step, double done, double pace) {
        if (step % moves.every() != 0 || done >= moves.share()) {
            return;
        }
        scores.update(gradient(), step / moves.every(), moves.rate() * pace);
        MeasurementMatrix next = scores.matrix();
        if (!next.equals(matrix)) {
            matrix = next;
            settle();
        }
    }

    private Matrix gradient() {
        double[] byPhi = arithmetic.read(graph.gradient(name));
        double[] byLinear = arithmetic.read(graph.gradient(TrainableNetwork.LINEAR));
        return Matrix.of(matrix.rows(), matrix.columns(), byPhi).plus(1, LinearEstimate.gradient(moves.covariance(),
                matrix, moves.noise(), Matrix.of(matrix.columns(), matrix.rows(), byLinear)));
    }

    private void settle() {
        constants().forEach((initializer, values) -> arithmetic.write(graph.watched().get(initializer), values));
    }

    /** Φ and W by the names of their initializers. */
    Map<String, float[]> constants() {
        return Map.of(name, matrix.toArray(), TrainableNetwork.LINEAR,
                LinearEstimate.of(moves.covariance(), matrix, moves.noise()).matrix().toFloats());
    }

    /** What {@link #restore} goes back to. */
    float[] state() {
        return scores.state();
    }

    void restore(float[] state) {
        scores.restore(state);
        matrix = scores.matrix();
        settle();
    }
}
