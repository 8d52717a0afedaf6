package org.reluctor.certify.vnnlib;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reluctor.certify.bound.BoundProgress;
import org.reluctor.certify.bound.Deadline;
import org.reluctor.certify.bound.Execution;
import org.reluctor.certify.property.ShrinkageNetworks;
import org.reluctor.network.NetworkBuilder;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.network.Value;

class PropertyDecisionTest {
    private static final String INPUTS = "(declare-const X_0 Real)(declare-const X_1 Real)"
            + "(assert (and (>= X_0 -1) (<= X_0 1) (>= X_1 -1) (<= X_1 1)))";

    /** One output from 1 to 27, and the negative of it: test T5 of a published example. */
    private static RecoveryNetwork wholeNumbers() {
        NetworkBuilder builder = new NetworkBuilder("wholeNumbers");
        Value x = builder.input("y", 2);
        Value first = builder.relu(builder.gemm(x, builder.constant("W1", new float[] {-2, -2, -1, 2, -2, 1}, 3, 2),
                builder.constant("b1", new float[] {-1, 1, -1}, 3), true));
        Value second = builder.relu(builder.gemm(first, builder.constant("W2",
                new float[] {2, -1, 2, -2, 2, 2, 0, 1, 2}, 3, 3), builder.constant("b2", new float[] {0, 1, -1}, 3),
                true));
        builder.output(builder.gemm(second, builder.constant("W3", new float[] {2, 1, 2, -2, -1, -2}, 2, 3), null,
                true), "signal");
        return builder.build();
    }

    private static PropertyVerdict decide(RecoveryNetwork network, String conditions, double seconds) {
        PropertyDecision decision = new PropertyDecision(network, Execution.FLOAT32, BoundProgress.NONE);
        String outputs = "(declare-const Y_0 Real)(declare-const Y_1 Real)";
        return decision.decide(VnnLibProperty.read(outputs + INPUTS + conditions, 2, decision.outputs()), seconds,
                Deadline.none());
    }

    @ParameterizedTest
    @CsvSource({"(assert (>= Y_0 27.001)), unsat", "(assert (>= Y_0 26.999)), sat", "(assert (<= Y_0 0.999)), unsat",
        "(assert (<= Y_0 1.001)), sat", "(assert (or (>= Y_0 28) (<= Y_0 1))), sat",
        "(assert (and (>= Y_0 5) (<= Y_0 Y_1))), unsat", "(assert (and (>= Y_0 5) (<= Y_0 5.01))), sat",
        "(assert (or (and (>= Y_0 26) (<= X_1 0.5) (>= X_1 0)) (and (>= Y_1 0) (<= X_0 X_1)))), unsat",
        "(assert (>= X_0 0.5)), sat"})
    void decide_aroundKnownRanges_isRight(String conditions, String right) {
        PropertyVerdict verdict = decide(wholeNumbers(), conditions, 20);
        assertEquals(right, verdict.result(), conditions);
        verdict.witness().ifPresent(witness -> assertTrue(witness.margin() >= 0));
    }

    /** Exactly at the maximum nothing but luck decides; within the time it must say so, or find the one witness. */
    @Test
    void decide_withoutTime_isUnknownAndSaysWhatIsOpen() {
        PropertyVerdict verdict = decide(wholeNumbers(), "(assert (>= Y_0 27.001))", 0);
        assertEquals("unknown", verdict.result());
        assertEquals(1, verdict.open());
        assertTrue(verdict.least() < 0);
    }

    /** Soft thresholds, data consistency, seven inputs, so that neurons are split, not inputs. */
    @Test
    void decide_ofAnUnrolledNetwork_isDecidedOnBothSides() {
        RecoveryNetwork network = ShrinkageNetworks.random(new SplittableRandom(3), 8, 7);
        PropertyDecision decision = new PropertyDecision(network, Execution.EXACT, BoundProgress.NONE);
        StringBuilder box = new StringBuilder();
        for (int at = 0; at < 7; at++) {
            box.append("(declare-const X_").append(at).append(" Real)(assert (and (>= X_").append(at)
                    .append(" -0.5) (<= X_").append(at).append(" 0.5)))");
        }
        for (int at = 0; at < 8; at++) {
            box.append("(declare-const Y_").append(at).append(" Real)");
        }
        double reached = Double.NEGATIVE_INFINITY;
        double limit = 0.25;
        int holds = 0;
        for (int step = 0; step < 5; step++, limit *= 1.6) {
            String text = box + "(assert (>= Y_2 " + limit + "))";
            PropertyVerdict verdict = decision.decide(VnnLibProperty.read(text, 7, 8),
                    20, Deadline.none());
            assertTrue(!"unknown".equals(verdict.result()), "decided at " + limit);
            holds += "unsat".equals(verdict.result()) ? 1 : 0;
            reached = verdict.witness().map(witness -> witness.outputs()[2]).orElse(reached);
        }
        assertTrue(holds > 0 && reached > 0.25, holds + " hold, " + reached + " reached");
    }
}
