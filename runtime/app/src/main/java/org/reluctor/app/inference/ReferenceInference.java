package org.reluctor.app.inference;

import org.reluctor.network.NetworkMetadata;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.network.ReferenceExecutor;

/** The float64 arithmetic specification applied to measurements; slow and exact. */
public final class ReferenceInference implements Inference {
    private final ReferenceExecutor executor;
    private final NetworkMetadata metadata;

    /** Needs no device. */
    public ReferenceInference(RecoveryNetwork network) {
        this.executor = new ReferenceExecutor(network);
        this.metadata = network.metadata();
    }

    @Override
    public float[] recover(float[] y, int frames) {
        double[] x = recoverExact(y, frames);
        float[] rounded = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            rounded[i] = (float) x[i];
        }
        return rounded;
    }

    /** As {@link #recover}, without the last rounding. */
    public double[] recoverExact(float[] y, int frames) {
        double[] input = new double[y.length];
        for (int i = 0; i < y.length; i++) {
            input[i] = y[i] / metadata.inputScale();
        }
        double[] x = executor.run(input, frames).get(0);
        for (int i = 0; i < x.length; i++) {
            x[i] = x[i] * metadata.outputScale() + metadata.outputOffset();
        }
        return x;
    }

    @Override
    public String device() {
        return "reference";
    }

    @Override
    public String weights() {
        return "float64";
    }

    @Override
    public void close() {
        // Holds nothing that needs it.
    }
}
