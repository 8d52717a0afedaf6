package org.reluctor.certify.property;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.reluctor.certify.bound.BoundProgress;
import org.reluctor.certify.bound.Deadline;
import org.reluctor.certify.bound.Execution;
import org.reluctor.certify.bound.Gain;
import org.reluctor.certify.certificate.Certifier;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.NetworkBuilder;
import org.reluctor.network.NetworkMetadata;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.network.ReferenceExecutor;
import org.reluctor.network.Value;

class NoiseGainTest {
    private static NoiseGain certified(RecoveryNetwork network, SignalClass signals) {
        return new Certifier(network, 0, Deadline.none(), BoundProgress.NONE)
                .certify(signals, Execution.FLOAT32, List.of(), true, false).gain().orElseThrow();
    }

    /** Differences of signals against those of measurements, near and far. */
    private static Gain sampled(RecoveryNetwork network, double[] y, double[] other) {
        double[] a = signal(network, y);
        double[] b = signal(network, other);
        return new Gain(norm(a, b) / norm(y, other), largest(a, b) / largest(y, other));
    }

    private static double[] signal(RecoveryNetwork network, double[] y) {
        double[] scaled = new double[y.length];
        for (int at = 0; at < y.length; at++) {
            scaled[at] = y[at] / network.metadata().inputScale();
        }
        double[] result = new ReferenceExecutor(network).run(scaled, 1).get(0);
        for (int at = 0; at < result.length; at++) {
            result[at] *= network.metadata().outputScale();
        }
        return result;
    }

    private static double norm(double[] a, double[] b) {
        double sum = 0;
        for (int at = 0; at < a.length; at++) {
            sum += (a[at] - b[at]) * (a[at] - b[at]);
        }
        return Math.sqrt(sum);
    }

    private static double largest(double[] a, double[] b) {
        double most = 0;
        for (int at = 0; at < a.length; at++) {
            most = Math.max(most, Math.abs(a[at] - b[at]));
        }
        return most;
    }

    @Test
    void gains_ofSampledPairs_areNeverAbove() {
        SplittableRandom random = new SplittableRandom(1);
        for (int round = 0; round < 10; round++) {
            RecoveryNetwork network = ShrinkageNetworks.random(random, 6, 3);
            NoiseGain gain = certified(network, SignalClass.ofAmplitude(6, -0.2, 0.3, 0.02));
            MeasurementMatrix phi = network.matrix().orElseThrow();
            for (int draw = 0; draw < 200; draw++) {
                double[] far = random.doubles(3, -9, 9).toArray();
                double step = Math.pow(10, random.nextDouble(-3, 1));
                double[] near = far.clone();
                for (int at = 0; at < 3; at++) {
                    near[at] += step * random.nextDouble(-1, 1);
                }
                requireBelow(sampled(network, far, near), gain.global());
                requireBelow(sampled(network, measured(phi, random), measured(phi, random)), gain.local());
            }
            assertTrue(gain.local().l2() <= gain.global().l2() && gain.local().linf() <= gain.global().linf());
        }
    }

    private static double[] measured(MeasurementMatrix phi, SplittableRandom random) {
        double[] x = random.doubles(phi.columns(), -0.2, 0.3).toArray();
        double[] y = random.doubles(phi.rows(), -0.02, 0.02).toArray();
        for (int at = 0; at < y.length * x.length; at++) {
            y[at / x.length] += phi.at(at / x.length, at % x.length) * x[at % x.length];
        }
        return y;
    }

    private static void requireBelow(Gain sampled, Gain certified) {
        assertTrue(sampled.l2() <= certified.l2() && sampled.linf() <= certified.linf(),
                () -> sampled + " above " + certified);
    }

    /** x = Wy with a threshold that this class never reaches: the matrix's own norms, and half a unit more for all. */
    @Test
    void gains_ofALinearNetwork_areThoseOfItsMatrix() {
        MeasurementMatrix matrix = MeasurementMatrix.dense(2, 2, new float[] {1, 0, 0, 1});
        NetworkBuilder builder = new NetworkBuilder("linear");
        Value y = builder.input("y", 2);
        builder.constant("Phi", matrix.toArray(), 2, 2);
        Value x = builder.matMul(y, builder.constant("W", new float[] {3, 4, -4, 3}, 2, 2));
        builder.output(builder.relu(builder.add(x, builder.constant("b", new float[] {99, 99}, 2))), "x");
        RecoveryNetwork network = builder.build(NetworkMetadata.of(2, 2, 1).withMatrix("Phi", matrix.id()), matrix);
        NoiseGain gain = certified(network, SignalClass.ofAmplitude(2, -1, 1, 0));
        assertEquals(5, gain.local().l2(), 0.1);
        assertEquals(7, gain.local().linf(), 1e-4);
        assertTrue(gain.global().l2() >= 5 && gain.global().linf() >= 7 - 1e-9);
    }
}
