package org.reluctor.learn.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.reluctor.learn.data.Windows;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.NetworkBuilder;
import org.reluctor.network.NetworkMetadata;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.network.Value;

class SignalEvaluationTest {
    @Test
    void evaluate_networkThatLosesOneSample_hasTheFiguresByHand() {
        // Φ keeps the first of two samples, the network answers [y, 0]: the second is lost.
        MeasurementMatrix phi = MeasurementMatrix.dense(1, 2, new float[] {1, 0});
        NetworkBuilder graph = new NetworkBuilder("half");
        Value y = graph.input("y", 1);
        graph.output(graph.matMul(y, graph.constant("W", new float[] {1, 0}, 1, 2)), "signal");
        RecoveryNetwork network = graph.build(NetworkMetadata.of(2, 1, 1).withScales(10, 10, 0), phi);
        RecordFigures figures = new SignalEvaluation(network).evaluate(new Windows("r", 2, new double[] {4, 3, 0, 0}));
        assertEquals(60, figures.prd(), 1e-9, "3 of a signal of length 5");
        // Mean 1.75: 2.25² + 1.25² + 2·1.75² = 12.75.
        assertEquals(100 * 3 / Math.sqrt(12.75), figures.prdn(), 1e-9);
        assertEquals(-20 * Math.log10(0.6), figures.snr(), 1e-9);
        assertEquals(2, figures.windows());
    }

    @Test
    void constructor_networkWithoutMatrix_isRefused() {
        NetworkBuilder graph = new NetworkBuilder("blind");
        graph.output(graph.neg(graph.input("y", 2)), "signal");
        RecoveryNetwork network = graph.build(null, null);
        assertThrows(IllegalArgumentException.class, () -> new SignalEvaluation(network));
    }
}
