package org.reluctor.certify.property;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.reluctor.certify.bound.Execution;
import org.reluctor.certify.graph.RefusedNetworkException;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.RecoveryNetwork;

/**
 * Draws probes and proves what a device may answer to them. A probe is a signal of the class at random, brought nearer
 * to the class's middle by a factor that differs from probe to probe: large ones meet every weight, small ones what
 * thresholds do with signals of everyday. Safe between threads.
 */
public final class ProbeStatement {
    /** As on the command line. */
    public static final String WORD = "probes";
    /** Probes of a certificate: one of each size. */
    private static final int COUNT = 4;
    private static final double NEARER = 0.25;
    private final RecoveryNetwork network;
    private final FrameStatement frames;

    /**
     * Imports the network.
     *
     * @throws RefusedNetworkException if it cannot be certified in float32
     */
    public ProbeStatement(RecoveryNetwork network) {
        this.network = network;
        frames = new FrameStatement(network, Execution.FLOAT32, network.metadata().n());
    }

    /** Probes from a class; the same for the same class. */
    public List<Probe> draw(SignalClass signals) {
        MeasurementMatrix matrix = network.matrix().orElseThrow();
        return IntStream.range(0, COUNT).mapToObj(number -> {
            float[] y = new float[matrix.rows()];
            matrix.measure(signal(signals, number), 0, y, 0);
            return prove(y);
        }).toList();
    }

    private static float[] signal(SignalClass signals, int number) {
        SplittableRandom random = new SplittableRandom(number);
        double nearer = Math.pow(NEARER, number);
        double[] z = new double[signals.coefficients().size()];
        for (int at = 0; at < z.length; at++) {
            double half = 0.5 * signals.coefficients().width(at);
            z[at] = signals.coefficients().middle(at) + nearer * half * (2 * random.nextDouble() - 1);
        }
        float[] x = new float[signals.samples()];
        for (int row = 0; row < x.length; row++) {
            double sum = signals.basis() == null ? z[row] : 0;
            for (int at = 0; signals.basis() != null && at < z.length; at++) {
                sum += signals.basis()[row * z.length + at] * z[at];
            }
            x[row] = (float) sum;
        }
        return x;
    }

    /**
     * The probe of these measurements.
     *
     * @throws ArithmeticException if no finite interval can be proven
     */
    public Probe prove(float[] y) {
        double[] wide = new double[y.length];
        for (int at = 0; at < y.length; at++) {
            wide[at] = y[at];
        }
        return new Probe(y, frames.interval(wide, 0));
    }
}
