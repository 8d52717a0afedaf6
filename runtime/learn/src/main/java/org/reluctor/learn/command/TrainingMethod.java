package org.reluctor.learn.command;

import java.util.List;
import java.util.Map;
import org.reluctor.app.inference.Inference;
import org.reluctor.learn.evaluation.Condition;
import org.reluctor.learn.evaluation.Estimator;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.RecoveryNetwork;

/** A way to train. One object trains once. */
interface TrainingMethod {
    /**
     * Refuses options before any data is read.
     *
     * @throws IllegalArgumentException that says what would be right
     */
    void check(TrainingTask task);

    /** Whether it chooses among networks by signals that it does not train on. */
    default boolean chooses() {
        return false;
    }

    /** Trains to the end. */
    Result train(TrainingTask task, TrainingSignals signals);

    /** What the figures of the network are taken with. */
    default Inference inference(TrainingTask task, RecoveryNetwork network) {
        return task.device().inference(network, 256);
    }

    /** Where the signals that were held out come from. */
    default SignalSource judged(TrainingTask task) {
        return task.data();
    }

    /** The linear recovery that its figures are held against, under each condition. */
    default List<Estimator> linear(TrainingTask task, TrainingSignals signals, MeasurementMatrix phi,
            List<Condition> conditions) {
        return conditions.stream().<Estimator>map(condition -> signals.statistics().recovery(phi, condition,
                task.sensor().noise(0), task.seed())).toList();
    }

    /**
     * What came out.
     *
     * @param network    complete but for its figures
     * @param objective  what the method made small; NaN where nothing was measured
     * @param constraint rms of the constraints at the end; null of methods without
     * @param gap        relative duality gap at the end; null of methods without
     * @param remarks    figures of the training itself, in words for the network's file; may be empty
     * @param details    what else the report is to say, by key
     */
    record Result(RecoveryNetwork network, double objective, Double constraint, Double gap, String remarks,
            Map<String, Object> details) {
    }
}
