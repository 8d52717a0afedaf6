package org.reluctor.certify.search;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.reluctor.certify.bound.BoundProgress;
import org.reluctor.certify.bound.Deadline;
import org.reluctor.certify.bound.Execution;
import org.reluctor.certify.certificate.Certificate;
import org.reluctor.certify.certificate.Certifier;
import org.reluctor.certify.graph.DenseMap;
import org.reluctor.certify.graph.Float32Rounding;
import org.reluctor.certify.graph.LayerGraph;
import org.reluctor.certify.interval.Box;
import org.reluctor.certify.property.Property;
import org.reluctor.certify.property.RecoveryStatement;
import org.reluctor.certify.property.ShrinkageNetworks;
import org.reluctor.certify.property.SignalClass;
import org.reluctor.network.RecoveryNetwork;

class RangeSearchTest {
    /** A linear function is most at a corner, which one step reaches. */
    @Test
    void ascend_ofALinearFunction_reachesItsCorner() {
        LayerGraph.Builder builder = new LayerGraph.Builder(3);
        builder.affine(0, new DenseMap(1, 3, new double[] {2, -1, 0.5}), new double[] {1}, Float32Rounding.EXACT);
        GradientSearch search = new GradientSearch(builder.build(), new Box(new double[] {-1, -2, 0},
                new double[] {1, 2, 4}), 3);
        double[] x = {0.1, 0.2, 0.3};
        assertEquals(7, search.ascend(x, 1, 0, 1)[1][0], 1e-12);
        assertArrayEquals(new double[] {1, -2, 4}, x, 1e-12);
        assertEquals(-3, search.ascend(x, 1, 0, -1)[1][0], 1e-12);
    }

    @Test
    void ends_ofManyStarts_neverLeaveWhatIsCertifiedAndComeNear() {
        SplittableRandom random = new SplittableRandom(7);
        for (int round = 0; round < 4; round++) {
            RecoveryNetwork network = ShrinkageNetworks.random(random, 6, 3);
            SignalClass signals = SignalClass.ofAmplitude(6, -1, 1, 0.02);
            Certificate certificate = new Certifier(network, 10, Deadline.none(), BoundProgress.NONE).certify(signals,
                    Execution.FLOAT32, List.of(Property.values()));
            RecoveryStatement statement = new RecoveryStatement(network, signals, Execution.FLOAT32);
            for (Property property : Property.values()) {
                int layer = property.layer(statement);
                FoundRange found = new FoundRange(certificate.bounds().get(property).box());
                new RangeSearch(new GradientSearch(statement.graph(), statement.input(), 12), statement.graph(), 1,
                        layer).run(0, 200, (start, values) -> {
                            synchronized (found) {
                                found.add(values[layer]);
                            }
                        }, BoundProgress.NONE);
                assertEquals(0, found.left());
                assertTrue(found.medianSpread() > 0.3 * found.medianWidth(), () -> property + ": "
                        + found.medianSpread() + " of " + found.medianWidth());
            }
        }
    }

    /** Which thread does what is left to chance, what is found is not. */
    @Test
    void ends_ofTwoRuns_areTheSame() {
        RecoveryNetwork network = ShrinkageNetworks.random(new SplittableRandom(8), 6, 3);
        RecoveryStatement statement = new RecoveryStatement(network, SignalClass.ofAmplitude(6, -1, 1, 0),
                Execution.EXACT);
        double[][] ends = new double[2][64];
        for (double[] end : ends) {
            new RangeSearch(new GradientSearch(statement.graph(), statement.input(), 5), statement.graph(), 3,
                    statement.signal()).run(0, 64, (start, values) -> end[start] = values[statement.signal()][0],
                            BoundProgress.NONE);
        }
        assertArrayEquals(ends[0], ends[1]);
    }
}
