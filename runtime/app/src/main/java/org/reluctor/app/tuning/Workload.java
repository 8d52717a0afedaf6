package org.reluctor.app.tuning;

import java.util.SplittableRandom;
import org.reluctor.network.RecoveryNetwork;

/**
 * A network and a batch size on which launch parameters are compared.
 *
 * @param network to compute
 * @param batch   frames
 * @param y       a batch of measurements
 */
public record Workload(RecoveryNetwork network, int batch, float[] y) {
    /** With measurements from −1 to 1, the same at every call. */
    public static Workload of(RecoveryNetwork network, int batch) {
        SplittableRandom random = new SplittableRandom(batch);
        float[] y = new float[Math.toIntExact(network.input().shape().elements(batch))];
        for (int i = 0; i < y.length; i++) {
            y[i] = (float) (2 * random.nextDouble() - 1);
        }
        return new Workload(network, batch, y);
    }

    /** Elements of a batch of signals. */
    int signalElements() {
        return Math.toIntExact(network.signal().shape().elements(batch));
    }

    /** For people. */
    public String name() {
        return network.name() + ", batch " + batch;
    }
}
