package org.reluctor.certify.property;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.reluctor.certify.bound.BoundProgress;
import org.reluctor.certify.bound.Deadline;
import org.reluctor.certify.bound.Execution;
import org.reluctor.certify.certificate.Certificate;
import org.reluctor.certify.certificate.Certifier;
import org.reluctor.certify.graph.RefusedNetworkException;
import org.reluctor.certify.interval.Box;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.network.ReferenceExecutor;

class RecoveryStatementTest {
    private static final double NOISE = 0.02;

    /** One draw: a signal of the class, and what the reference recovers of its noisy measurements. */
    private record Draw(double[] x, double[] y, double[] signal, double[] estimate) {
        static Draw of(RecoveryNetwork network, SignalClass signals, SplittableRandom random) {
            Box box = signals.coefficients();
            double[] z = new double[box.size()];
            for (int at = 0; at < z.length; at++) {
                double place = random.nextInt(3) == 0 ? random.nextDouble() : random.nextInt(2);
                z[at] = box.low()[at] + place * box.width(at);
            }
            int n = signals.samples();
            double[] x = new double[n];
            for (int at = 0; at < n * z.length; at++) {
                double weight = signals.basis() != null ? signals.basis()[at] : at / z.length == at % z.length ? 1 : 0;
                x[at / z.length] += weight * z[at % z.length];
            }
            MeasurementMatrix phi = network.matrix().orElseThrow();
            double[] y = new double[phi.rows()];
            double[] scaled = new double[y.length];
            for (int row = 0; row < y.length; row++) {
                y[row] = NOISE * (2 * random.nextInt(2) - 1);
                for (int column = 0; column < n; column++) {
                    y[row] += phi.at(row, column) * x[column];
                }
                scaled[row] = y[row] / network.metadata().inputScale();
            }
            List<double[]> outputs = new ReferenceExecutor(network).run(scaled, 1);
            return new Draw(x, y, inUnit(network, outputs.get(0)), inUnit(network, outputs.get(1)));
        }

        private static double[] inUnit(RecoveryNetwork network, double[] output) {
            double[] result = new double[output.length];
            for (int at = 0; at < result.length; at++) {
                result[at] = network.metadata().outputScale() * output[at] + network.metadata().outputOffset();
            }
            return result;
        }

        double[] residual(RecoveryNetwork network) {
            MeasurementMatrix phi = network.matrix().orElseThrow();
            double[] result = y.clone();
            for (int at = 0; at < phi.rows() * phi.columns(); at++) {
                result[at / phi.columns()] -= phi.at(at / phi.columns(), at % phi.columns())
                        * estimate[at % phi.columns()];
            }
            return result;
        }
    }

    private static SignalClass signals(SplittableRandom random, int n, boolean basis) {
        return basis ? new SignalClass(random.doubles(3L * n, -1, 1).toArray(), Box.of(3, -0.7, 0.9), NOISE)
                : SignalClass.ofAmplitude(n, -0.8, 1, NOISE);
    }

    @Test
    void bounds_ofSignalsOfTheClass_areNeverLeft() {
        SplittableRandom random = new SplittableRandom(1);
        for (int round = 0; round < 12; round++) {
            RecoveryNetwork network = ShrinkageNetworks.random(random, 6, 3);
            SignalClass signals = signals(random, 6, round % 2 == 0);
            Certificate certificate = new Certifier(network, 5, Deadline.none(), BoundProgress.NONE)
                    .certify(signals, Execution.FLOAT32, List.of(Property.values()));
            for (int draw = 0; draw < 300; draw++) {
                Draw drawn = Draw.of(network, signals, random);
                double[] error = drawn.signal().clone();
                for (int at = 0; at < error.length; at++) {
                    error[at] -= drawn.x()[at];
                }
                assertTrue(certificate.bounds().get(Property.RANGE).box().contains(drawn.signal()));
                assertTrue(certificate.bounds().get(Property.ERROR).box().contains(error));
                assertTrue(certificate.bounds().get(Property.RESIDUAL).box().contains(drawn.residual(network)));
            }
        }
    }

    /** The true signal skips past the network: with it, an error bound is far below the sum of the two ranges. */
    @Test
    void graph_ofTheError_isTheDifference() {
        SplittableRandom random = new SplittableRandom(2);
        RecoveryNetwork network = ShrinkageNetworks.random(random, 6, 3);
        SignalClass signals = SignalClass.ofAmplitude(6, -1, 1, NOISE);
        RecoveryStatement statement = new RecoveryStatement(network, signals, Execution.EXACT);
        double[] input = random.doubles(9, -1, 1).toArray();
        double[][] values = statement.graph().evaluate(input);
        double[] expected = new double[6];
        for (int at = 0; at < 6; at++) {
            expected[at] = values[statement.signal()][at] - input[at];
        }
        assertArrayEquals(expected, values[statement.error()], 1e-12);
    }

    @Test
    void interval_ofAFrame_holdsWhatNearbyMeasurementsGive() {
        SplittableRandom random = new SplittableRandom(4);
        RecoveryNetwork network = ShrinkageNetworks.random(random, 6, 3);
        FrameStatement frame = new FrameStatement(network, Execution.FLOAT32);
        double[] y = random.doubles(3, -1, 1).toArray();
        Box narrow = frame.interval(y, 1e-3);
        Box wide = frame.interval(y, 0.1);
        for (int draw = 0; draw < 300; draw++) {
            double[] near = new double[3];
            for (int at = 0; at < 3; at++) {
                near[at] = (y[at] + 1e-3 * random.nextDouble(-1, 1)) / network.metadata().inputScale();
            }
            double[] signal = Draw.inUnit(network, new ReferenceExecutor(network).run(near, 1).get(0));
            assertTrue(narrow.contains(signal) && wide.contains(signal));
        }
        assertTrue(narrow.width(0) < 0.1 * wide.width(0));
    }

    @Test
    void constructor_ofAnotherSignalsLength_refuses() {
        RecoveryNetwork network = ShrinkageNetworks.random(new SplittableRandom(3), 6, 3);
        SignalClass other = SignalClass.ofAmplitude(5, -1, 1, 0);
        String message = assertThrows(RefusedNetworkException.class,
                () -> new RecoveryStatement(network, other, Execution.EXACT)).getMessage();
        assertTrue(message.contains("5 samples") && message.contains("have 6"), message);
    }
}
