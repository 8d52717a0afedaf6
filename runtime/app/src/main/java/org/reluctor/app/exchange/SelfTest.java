package org.reluctor.app.exchange;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.reluctor.app.inference.ComparedBatch;
import org.reluctor.app.recovery.ResidualOutput;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.network.ReferenceExecutor;
import org.reluctor.opencl.operation.WeightFormat;
import org.reluctor.opencl.pace.Pace;

/**
 * Frames whose recovery is known from the float64 reference, against which a device's is held. They are made when a
 * network is tried, of the network itself: so every file has some, whoever trained it, and none can bring its own. What
 * they tell is that the device computes what the file says; that the file says the right thing is what its signature is
 * for. Immutable.
 */
final class SelfTest {
    private static final int MOST_FRAMES = 8;
    /** Elements of all outputs' frames, by which the reference's time is bounded. */
    private static final int MOST_ELEMENTS = 1 << 17;
    private static final double[] MAGNITUDES = {1, 0.1, 3, 1};

    private final int frames;
    private final float[] y;
    private final double[][] exact;
    private final boolean residualLast;

    private SelfTest(int frames, float[] y, double[][] exact, boolean residualLast) {
        this.frames = frames;
        this.y = y;
        this.exact = exact;
        this.residualLast = residualLast;
    }

    /** Makes the frames for a network, at most as many as it takes in a batch. */
    static SelfTest of(RecoveryNetwork network, int maxBatch) {
        RecoveryNetwork computed = ResidualOutput.computed(network);
        int inputs = (int) computed.input().shape().frameElements();
        long elements = computed.outputs().stream().mapToLong(output -> output.shape().frameElements()).sum();
        int frames = (int) Math.max(1, Math.min(Math.min(maxBatch, MOST_FRAMES), MOST_ELEMENTS / elements));
        float[] y = ComparedBatch.measurements(network, frames);
        for (int frame = 0; frame < frames; frame++) {
            scale(y, frame * inputs, inputs, MAGNITUDES[frame % MAGNITUDES.length]);
        }
        List<double[]> exact = new ReferenceExecutor(computed).run(y, frames);
        return new SelfTest(frames, y, exact.toArray(double[][]::new), network.matrix().isPresent());
    }

    /** To that root mean square, so that small and large frames are tried. */
    private static void scale(float[] y, int at, int count, double magnitude) {
        double energy = 0;
        for (int i = at; i < at + count; i++) {
            energy += (double) y[i] * y[i];
        }
        double gain = energy == 0 ? 1 : magnitude / Math.sqrt(energy / count);
        for (int i = at; i < at + count; i++) {
            y[i] = (float) (gain * y[i]);
        }
    }

    /** How far from float64 a sound network may be, relative: a format's rounding of weights, and many layers' sums. */
    private static double limit(WeightFormat weights) {
        return switch (weights) {
            case FLOAT32 -> 1e-4;
            case FLOAT16 -> 1e-2;
            case BFLOAT16 -> 0.1;
            default -> 0.3;
        };
    }

    int frames() {
        return frames;
    }

    /**
     * Has the frames computed, each alone and all together, which are launched differently.
     *
     * @param device takes frames as the network does and gives all outputs, as many arrays, [frames][elements]
     * @return the largest relative error
     * @throws ExchangeRefusal if an error is above the weights' limit, or not finite
     */
    double run(Computation device, WeightFormat weights) throws ExchangeRefusal {
        int inputs = y.length / frames;
        double worst = 0;
        for (int frame = 0; frame < frames; frame++) {
            float[][] found = device.compute(Arrays.copyOfRange(y, frame * inputs, (frame + 1) * inputs), 1);
            worst = Math.max(worst, check(found, frame, 1, weights));
            Pace.rest();
        }
        return Math.max(worst, check(device.compute(y, frames), 0, frames, weights));
    }

    /** What is tested. */
    @FunctionalInterface
    interface Computation {
        /** All outputs of so many frames. */
        float[][] compute(float[] y, int frames);
    }

    private double check(float[][] found, int first, int count, WeightFormat weights) throws ExchangeRefusal {
        double worst = 0;
        for (int output = 0; output < exact.length; output++) {
            int elements = exact[output].length / frames;
            boolean residual = residualLast && output == exact.length - 1;
            for (int frame = 0; frame < count; frame++) {
                double error = error(found[output], frame * elements, exact[output], (first + frame) * elements,
                        elements, residual ? norm(first + frame) : 0);
                if (!(error <= limit(weights))) {
                    throw new ExchangeRefusal(ExchangeFault.SELF_TEST, String.format("frame %d of the self-test is"
                            + " recovered with a relative error of %.1e against float64; at most %.0e is right for"
                            + " %s weights", first + frame, error, limit(weights), weights.name().toLowerCase()));
                }
                worst = Math.max(worst, error);
            }
        }
        return worst;
    }

    /** ‖y‖: a residual is a difference of numbers of that size, and may be almost nothing. */
    private double norm(int frame) {
        int inputs = y.length / frames;
        double energy = 0;
        for (int i = frame * inputs; i < (frame + 1) * inputs; i++) {
            energy += (double) y[i] * y[i];
        }
        return Math.sqrt(energy);
    }

    private static double error(float[] found, int at, double[] exact, int from, int count, double least) {
        double difference = 0;
        double energy = 0;
        for (int i = 0; i < count; i++) {
            double off = found[at + i] - exact[from + i];
            difference += off * off;
            energy += exact[from + i] * exact[from + i];
        }
        double scale = Math.max(Math.sqrt(energy), least);
        return scale == 0 ? Math.sqrt(difference) : Math.sqrt(difference) / scale;
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(frames);
        out.writeBoolean(residualLast);
        out.writeInt(y.length);
        for (float value : y) {
            out.writeFloat(value);
        }
        out.writeInt(exact.length);
        for (double[] output : exact) {
            out.writeInt(output.length);
            for (double value : output) {
                out.writeDouble(value);
            }
        }
    }

    static SelfTest read(DataInputStream in) throws IOException {
        int frames = in.readInt();
        boolean residualLast = in.readBoolean();
        float[] y = new float[in.readInt()];
        for (int i = 0; i < y.length; i++) {
            y[i] = in.readFloat();
        }
        double[][] exact = new double[in.readInt()][];
        for (int output = 0; output < exact.length; output++) {
            exact[output] = new double[in.readInt()];
            for (int i = 0; i < exact[output].length; i++) {
                exact[output][i] = in.readDouble();
            }
        }
        return new SelfTest(frames, y, exact, residualLast);
    }
}
