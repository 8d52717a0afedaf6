package org.reluctor.learn.command;

import java.util.ArrayList;
import java.util.List;
import org.reluctor.learn.data.Channel;
import org.reluctor.learn.data.Picture;
import org.reluctor.learn.data.Recording;
import org.reluctor.learn.evaluation.Condition;
import org.reluctor.learn.evaluation.Estimator;
import org.reluctor.learn.evaluation.Figures;
import org.reluctor.learn.evaluation.PictureEvaluation;
import org.reluctor.learn.evaluation.RecordEvaluation;
import org.reluctor.learn.evaluation.RecoveredSignal;
import org.reluctor.learn.evaluation.WindowGallery;
import org.reluctor.learn.training.TrainingProgress;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.RecoveryNetwork;

/** Goes through records, conditions and estimators; one record is in memory at a time. */
final class EvaluationRun {
    private final MeasurementMatrix matrix;
    private final Estimator estimator;
    private final List<Condition> conditions;
    private final long seed;
    private final WindowGallery gallery = new WindowGallery();
    private final List<EvaluationResult.Outcome> outcomes = new ArrayList<>();
    private final List<Estimator> linear;
    private final SignalFitness fitness;
    private long windows;

    /**
     * @param network   with its Φ
     * @param estimator that runs the network
     * @param linear    the linear estimate under each condition; empty for none
     */
    EvaluationRun(RecoveryNetwork network, Estimator estimator, List<Condition> conditions, List<Estimator> linear,
            long seed) {
        this.matrix = network.matrix().orElseThrow();
        this.estimator = estimator;
        this.conditions = conditions;
        this.linear = linear;
        this.seed = seed;
        this.fitness = new SignalFitness(network.metadata());
        for (Condition condition : conditions) {
            outcomes.add(new EvaluationResult.Outcome(condition, new ArrayList<>(), new ArrayList<>()));
        }
    }

    /** Runs to the end. */
    EvaluationResult run(SignalSource data, List<String> names, TrainingProgress progress) {
        for (int at = 0; at < names.size(); at++) {
            if (data.holdsPictures()) {
                pictures(data.pictures(names.get(at)));
            } else {
                data.recordings(names.get(at)).forEach(this::record);
            }
            progress.advanced("evaluation", at + 1, names.size());
        }
        return new EvaluationResult(data.holdsPictures(), outcomes, gallery, windows, fitness.remarks());
    }

    private void record(Recording recording) {
        Channel channel = recording.channel(0);
        fitness.check(recording.name(), recording.rateHz(), channel.unit());
        for (int at = 0; at < conditions.size(); at++) {
            RecoveredSignal recovered = evaluation(at, estimator).recover(recording.name(), channel);
            outcomes.get(at).network().add(recovered.figures());
            if (at == 0) {
                gallery.add(recovered, recording.rateHz(), channel.unit());
                windows += recovered.starts().length;
            }
            if (!linear.isEmpty()) {
                outcomes.get(at).linear().add(evaluation(at, linear.get(at)).recover(recording.name(), channel)
                        .figures());
            }
        }
    }

    private RecordEvaluation evaluation(int condition, Estimator by) {
        return new RecordEvaluation(matrix, by, conditions.get(condition), seed);
    }

    private void pictures(List<Picture> pictures) {
        windows += pictures.size();
        for (int at = 0; at < conditions.size(); at++) {
            List<Figures> figures = outcomes.get(at).network();
            boolean first = at == 0;
            new PictureEvaluation(matrix, estimator, conditions.get(at), seed).recover(pictures, recovered -> {
                figures.add(recovered.figures());
                if (first) {
                    gallery.add(recovered);
                }
            });
            if (!linear.isEmpty()) {
                List<Figures> linearFigures = outcomes.get(at).linear();
                new PictureEvaluation(matrix, linear.get(at), conditions.get(at), seed)
                        .recover(pictures, recovered -> linearFigures.add(recovered.figures()));
            }
        }
    }
}
