package org.reluctor.learn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.reluctor.app.inference.ReferenceInference;
import org.reluctor.learn.algebra.Samples;
import org.reluctor.network.NetworkBuilder;
import org.reluctor.network.NetworkMetadata;
import org.reluctor.network.Value;

class NormalisationTest {
    @Test
    void undo_whatWasApplied_isTheSignal() {
        Samples signals = new Samples(2, new double[] {1, -2, 0.5, 40});
        Normalisation normalisation = new Normalisation(8, 3);
        assertEquals(-0.25, normalisation.apply(signals).values()[0]);
        assertArrayEquals(signals.values(), normalisation.undo(normalisation.apply(signals)).values(), 1e-12);
    }

    @Test
    void record_inTheMetadata_isUndoneByTheRuntime() {
        // The network knows normalised signals alone: y = Φx with Φ = I, offset and all.
        Normalisation normalisation = new Normalisation(8, 3);
        NetworkBuilder graph = new NetworkBuilder("identity");
        Value y = graph.input("y", 2);
        graph.output(graph.sub(y, graph.constant("offset", new float[] {3f / 8, 3f / 8}, 2)), "signal");
        NetworkMetadata metadata = normalisation.record(NetworkMetadata.of(2, 2, 1));
        try (ReferenceInference runtime = new ReferenceInference(graph.build(metadata, null))) {
            assertArrayEquals(new float[] {40, -7}, runtime.recover(new float[] {40, -7}, 1));
        }
    }

    @Test
    void ofPower_signals_isThePowerOfTwoBelowTheirRootMeanSquare() {
        Channel channel = Channel.of("", "mV", new float[] {0.4f, -0.4f, 0.4f});
        assertEquals(new Normalisation(0.25, 0), Normalisation.ofPower(List.of(channel)));
        assertTrue(assertThrows(DataFormatException.class,
                () -> Normalisation.ofPower(List.of(Channel.of("", "", new float[3])))).getMessage()
                .contains("nothing but zeros"));
    }
}
