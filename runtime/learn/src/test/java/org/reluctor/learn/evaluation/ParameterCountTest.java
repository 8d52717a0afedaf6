package org.reluctor.learn.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.NetworkBuilder;
import org.reluctor.network.NetworkMetadata;
import org.reluctor.network.Provenance;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.network.Value;

class ParameterCountTest {
    private static final MeasurementMatrix PHI = MeasurementMatrix.sparseBinary(3, 5, 1, 1);

    /** x = W·y, then x += W·(y − Φx): W is one constant in two places, Φᵀ is not trained. */
    private static RecoveryNetwork network(NetworkMetadata metadata) {
        NetworkBuilder graph = new NetworkBuilder("two steps");
        Value y = graph.input("y", 3);
        Value w = graph.constant("W", new float[15], 3, 5);
        Value phi = graph.constant("PhiT", PHI.toTransposedArray(), 5, 3);
        Value x = graph.add(graph.matMul(y, w), graph.constant("b", new float[5], 5));
        graph.output(graph.add(x, graph.matMul(graph.sub(y, graph.matMul(x, phi)), w)), "signal");
        return graph.build(metadata, PHI);
    }

    @Test
    void of_silentFile_countsEveryConstantOnceButTheMatrix() {
        assertEquals(15 + 5, ParameterCount.of(network(NetworkMetadata.of(5, 3, 1))));
    }

    @Test
    void of_fileThatSays_isWhatItSays() {
        Provenance said = Provenance.UNKNOWN.withParameters(5);
        assertEquals(5, ParameterCount.of(network(NetworkMetadata.of(5, 3, 1).withProvenance(said))));
    }
}
