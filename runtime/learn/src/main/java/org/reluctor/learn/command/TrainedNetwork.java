package org.reluctor.learn.command;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.reluctor.learn.architecture.UnrolledShrinkage;
import org.reluctor.learn.data.Windows;
import org.reluctor.learn.evaluation.RecordFigures;
import org.reluctor.learn.evaluation.SignalEvaluation;
import org.reluctor.learn.training.AnalyticTrainer;
import org.reluctor.network.NetworkMetadata;
import org.reluctor.network.RecoveryNetwork;

/**
 * A network with its figures on the records that were held out, beside those of its linear start.
 *
 * @param result  of training
 * @param network with complete metadata
 * @param linear  figures of the linear start, record by record
 * @param figures of the network, in the same order
 */
record TrainedNetwork(AnalyticTrainer.Result result, RecoveryNetwork network, List<RecordFigures> linear,
        List<RecordFigures> figures) {

    /** Measures and describes what was trained; the figures go into the metadata. */
    static TrainedNetwork evaluate(String name, AnalyticTrainer.Result result, TrainingOrigin origin,
            List<Windows> heldOut) {
        UnrolledShrinkage parts = result.network();
        int n = parts.basis().n();
        int m = parts.measurement().rows();
        NetworkMetadata draft = origin.metadata(n, m, "");
        List<RecordFigures> linear = measure(parts.linearStart().assemble(name, draft), heldOut);
        List<RecordFigures> figures = measure(parts.assemble(name, draft), heldOut);
        String text = String.format(Locale.ROOT, "mean PRD %.3f %% on the training records (linear start %.3f %%)",
                result.prd(), result.linearPrd());
        if (!heldOut.isEmpty()) {
            text += String.format(Locale.ROOT, "; mean PRD %.3f %%, PRDN %.3f %% on %s (linear start %.3f %%, %.3f %%)",
                    mean(figures, RecordFigures::prd), mean(figures, RecordFigures::prdn),
                    String.join(" ", heldOut.stream().map(Windows::name).toList()),
                    mean(linear, RecordFigures::prd), mean(linear, RecordFigures::prdn));
        }
        return new TrainedNetwork(result, parts.assemble(name, origin.metadata(n, m, text)), linear, figures);
    }

    private static List<RecordFigures> measure(RecoveryNetwork network, List<Windows> records) {
        SignalEvaluation evaluation = new SignalEvaluation(network);
        return records.stream().map(evaluation::evaluate).toList();
    }

    /** Mean over records; NaN where there are none. */
    static double mean(List<RecordFigures> figures, ToDoubleFunction<RecordFigures> figure) {
        return figures.stream().mapToDouble(figure).average().orElse(Double.NaN);
    }
}
