package org.reluctor.demo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.reluctor.network.NetworkBuilder;
import org.reluctor.network.NetworkMetadata;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.network.Value;

class LinearStartTest {
    private static final float[] W = {1, 2, 3, 4, 5, 6};

    @Test
    void estimate_ofANetworkWithPhases_isItsFirstProductAlone() {
        NetworkBuilder builder = new NetworkBuilder("phases");
        Value y = builder.input("y", 2);
        Value start = builder.matMul(y, builder.constant("w", W, 2, 3));
        Value phase = builder.relu(builder.add(start, builder.constant("b", new float[] {9, 9, 9}, 3)));
        builder.output(builder.add(start, phase), "x");
        assertArrayEquals(new double[] {9, 12, 15}, LinearStart.of(build(builder)).estimate(new float[] {1, 2}), 1e-12);
    }

    @Test
    void estimate_ofAStartWithMean_addsIt() {
        NetworkBuilder builder = new NetworkBuilder("mean");
        Value y = builder.input("y", 2);
        Value product = builder.matMul(y, builder.constant("w", W, 2, 3));
        Value start = builder.add(product, builder.constant("mean", new float[] {1, 1, 1}, 3));
        builder.output(builder.relu(start), "x");
        assertArrayEquals(new double[] {-8, -11, -14}, LinearStart.of(build(builder)).estimate(new float[] {-1, -2}),
                1e-12);
    }

    @Test
    void of_aNetworkThatBendsFirst_isRefused() {
        NetworkBuilder builder = new NetworkBuilder("bent");
        Value y = builder.input("y", 2);
        builder.output(builder.matMul(builder.relu(y), builder.constant("w", W, 2, 3)), "x");
        RecoveryNetwork network = build(builder);
        var thrown = assertThrows(IllegalArgumentException.class, () -> LinearStart.of(network));
        assertTrue(thrown.getMessage().contains("bent"), thrown.getMessage());
    }

    private static RecoveryNetwork build(NetworkBuilder builder) {
        return builder.build(NetworkMetadata.of(3, 2, 1), null);
    }
}
