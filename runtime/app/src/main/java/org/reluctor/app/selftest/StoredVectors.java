package org.reluctor.app.selftest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.reluctor.app.inference.ComparedBatch;
import org.reluctor.engine.Engine;
import org.reluctor.network.Npy;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.network.ReferenceExecutor;
import org.reluctor.opencl.operation.WeightFormat;

/**
 * Inputs of a network and the outputs that float64 arithmetic gives for them, as they lie in a folder: NAME.y.npy
 * [frames][input], NAME.x.npy [frames][first output], both as the network itself takes and gives them, without its
 * scales. Outputs are stored rounded to float32, a hundredth of what a device is allowed.
 *
 * @param y      measurements
 * @param x      signals
 * @param frames in both
 */
public record StoredVectors(float[] y, float[] x, int frames) {
    /** Largest error of an element as a share of the largest element, with float32 weights. */
    private static final double TOLERANCE = 1e-5;
    private static final int FRAMES = 4;

    /** The vectors of that network in a folder, or those that float64 gives now where there are none. */
    public static StoredVectors of(RecoveryNetwork network, Path folder, String name) {
        Path y = folder.resolve(name + ".y.npy");
        if (!Files.exists(y)) {
            return computed(network);
        }
        Npy.FloatArray input = Npy.read(y);
        return new StoredVectors(input.data(), Npy.read(folder.resolve(name + ".x.npy")).data(), input.shape()[0]);
    }

    /** Smooth random signals measured by the network's Φ, and what float64 recovers from them. */
    public static StoredVectors computed(RecoveryNetwork network) {
        float[] y = ComparedBatch.measurements(network, FRAMES);
        double[] exact = new ReferenceExecutor(network).run(y, FRAMES).get(0);
        float[] x = new float[exact.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) exact[i];
        }
        return new StoredVectors(y, x, FRAMES);
    }

    /** Writes both files. */
    public void write(Path folder, String name) throws IOException {
        Npy.write(folder.resolve(name + ".y.npy"), y, frames, y.length / frames);
        Npy.write(folder.resolve(name + ".x.npy"), x, frames, x.length / frames);
    }

    /** Computes the inputs frame by frame and together, and compares. */
    public Check check(Engine engine, String name, WeightFormat weights) {
        int inputs = (int) engine.network().input().shape().frameElements();
        int outputs = (int) engine.network().signal().shape().frameElements();
        if (y.length != frames * inputs || x.length != frames * outputs) {
            return Check.of(false, name, "its stored vectors are for another network: " + y.length / frames + " to "
                    + x.length / frames + " numbers a frame, and this one has " + inputs + " to " + outputs);
        }
        float[] together = new float[x.length];
        engine.run(y, frames, together);
        double error = error(together);
        for (int frame = 0; frame < frames; frame++) {
            float[] alone = new float[outputs];
            engine.run(Arrays.copyOfRange(y, frame * inputs, (frame + 1) * inputs), 1, alone);
            System.arraycopy(alone, 0, together, frame * outputs, outputs);
        }
        error = Math.max(error, error(together));
        String text = String.format(Locale.ROOT, "%.1e of the largest element from float64", error);
        if (weights != WeightFormat.FLOAT32) {
            return Check.skipped(name, text + "; judged with float32 weights only");
        }
        return Check.of(error <= TOLERANCE, name, text);
    }

    private double error(float[] actual) {
        double largest = Double.MIN_NORMAL;
        double worst = 0;
        for (int i = 0; i < x.length; i++) {
            largest = Math.max(largest, Math.abs(x[i]));
            double error = Math.abs((double) actual[i] - x[i]);
            worst = Double.isNaN(error) ? Double.POSITIVE_INFINITY : Math.max(worst, error);
        }
        return worst / largest;
    }
}
