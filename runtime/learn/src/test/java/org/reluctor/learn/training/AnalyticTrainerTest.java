package org.reluctor.learn.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.reluctor.app.inference.ReferenceInference;
import org.reluctor.learn.data.Channel;
import org.reluctor.learn.data.DataFormatException;
import org.reluctor.learn.data.Windows;
import org.reluctor.learn.evaluation.Condition;
import org.reluctor.learn.evaluation.RecordEvaluation;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.NetworkMetadata;
import org.reluctor.network.OnnxWriter;
import org.reluctor.network.RecoveryNetwork;

class AnalyticTrainerTest {
    private static final int N = 64;
    private static final int M = 20;
    private static final double ROUNDING = 0.2887;
    private static final AnalyticOptions OPTIONS = new AnalyticOptions(M, 4, 1, 10, 3, 4, ROUNDING);
    private static final NetworkMetadata METADATA = NetworkMetadata.of(N, M, 1).withScales(100, 100, 0);

    private static TrainingSet set;
    private static AnalyticTrainer.Result trained;
    private static final List<String> STAGES = new ArrayList<>();

    @BeforeAll
    static void train() {
        set = TrainingSet.of(PulseTrains.records(8, 150, N, 1));
        trained = new AnalyticTrainer(set, OPTIONS, (stage, done, total) -> {
            if (done == total) {
                STAGES.add(stage);
            }
        }).train();
    }

    private static RecordEvaluation evaluation(RecoveryNetwork network) {
        return new RecordEvaluation(network.matrix().orElseThrow(), new ReferenceInference(network)::recover,
                Condition.CLEAN, 1);
    }

    private static double prd(RecordEvaluation evaluation, Windows record) {
        float[] samples = new float[record.samples().length];
        for (int at = 0; at < samples.length; at++) {
            samples[at] = (float) record.samples()[at];
        }
        return evaluation.recover(record.name(), Channel.of("", "", samples)).figures().prd();
    }

    @Test
    void train_unseenRecords_beatsItsLinearStart() {
        RecordEvaluation network = evaluation(trained.network().assemble("network", METADATA));
        RecordEvaluation linear = evaluation(trained.network().linearStart().assemble("linear", METADATA));
        for (Windows record : PulseTrains.records(3, 150, N, 2)) {
            double prd = prd(network, record);
            double linearPrd = prd(linear, record);
            assertTrue(prd < 0.9 * linearPrd, record.name() + ": network " + prd + ", linear " + linearPrd);
        }
    }

    @Test
    void train_trainingRecords_reportsThePrdThatItsNetworkHas() {
        RecordEvaluation network = evaluation(trained.network().assemble("network", METADATA));
        double mean = PulseTrains.records(8, 150, N, 1).stream()
                .mapToDouble(record -> prd(network, record)).average().orElseThrow();
        assertEquals(mean, trained.prd(), 1e-3 * mean);
        assertTrue(trained.prd() < trained.linearPrd());
    }

    @Test
    void train_again_givesTheSameBytes() {
        AnalyticTrainer.Result again = new AnalyticTrainer(set, OPTIONS, TrainingProgress.SILENT).train();
        assertArrayEquals(OnnxWriter.encode(trained.network().assemble("network", METADATA)),
                OnnxWriter.encode(again.network().assemble("network", METADATA)));
    }

    @Test
    void train_seeds_takesTheMatrixWithTheSmallestLinearError() {
        assertEquals(MeasurementMatrix.sparseBinary(M, N, 4, trained.seed()).id(),
                trained.network().measurement().id());
        for (long seed = 1; seed <= 10; seed++) {
            AnalyticOptions one = new AnalyticOptions(M, 4, seed, 1, 0, 4, ROUNDING);
            LinearStart other = LinearStart.search(set, one, TrainingProgress.SILENT);
            LinearStart best = LinearStart.search(set, OPTIONS, TrainingProgress.SILENT);
            assertTrue(other.estimate().error() >= best.estimate().error(), "seed " + seed);
        }
    }

    @Test
    void train_stages_areReportedToTheirEnd() {
        assertEquals(List.of("measurement matrix", "phase 1 of 3", "phase 2 of 3", "phase 3 of 3"), STAGES);
    }

    @Test
    void options_outOfRange_nameValueAndRange() {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> new AnalyticOptions(4, 5, 1, 1, 1, 1, 1))
                .getMessage().contains("ones a column is 5"));
        assertThrows(IllegalArgumentException.class, () -> new AnalyticOptions(4, 2, 1, 1, 1, 1, Double.NaN));
    }

    @Test
    void set_silentRecordOrNone_isRefused() {
        Windows silent = new Windows("flat", 4, new double[8]);
        assertTrue(assertThrows(DataFormatException.class, () -> TrainingSet.of(List.of(silent))).getMessage()
                .contains("flat"));
        assertThrows(DataFormatException.class, () -> TrainingSet.of(List.of()));
    }
}
