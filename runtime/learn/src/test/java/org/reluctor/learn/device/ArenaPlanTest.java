package org.reluctor.learn.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.reluctor.learn.gradient.Elementary;
import org.reluctor.learn.gradient.Formula;
import org.reluctor.learn.gradient.Instruction;
import org.reluctor.learn.gradient.Tape;
import org.reluctor.learn.gradient.Tensor;

class ArenaPlanTest {
    @Test
    void place_longChain_takesThePlaceOfFewArrays() {
        Tape tape = new Tape();
        Tensor x = tape.given(1000);
        Tensor last = x;
        for (int at = 0; at < 50; at++) {
            last = tape.pointwise(Elementary.SQRT.of(Formula.input(0)), last);
        }
        ArenaPlan plan = new ArenaPlan(tape.storages(), 64);
        plan.reserve(x);
        plan.place(tape.instructions());
        assertEquals(64 + 3 * 1008, plan.end());
    }

    /** Random graphs, executed on places instead of values: nothing may be written over before it was read. */
    @Test
    void place_randomGraphs_neverOverwritesWhatIsStillRead() {
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            Tape tape = new Tape();
            List<Tensor> all = new ArrayList<>(List.of(tape.given(1 + random.nextInt(90))));
            for (int at = 0; at < 40; at++) {
                Tensor left = all.get(random.nextInt(all.size()));
                all.add(random.nextBoolean() ? tape.reshape(left, left.elements(), 1)
                        : tape.pointwise(Elementary.ADD.of(Formula.input(0), Formula.input(1)), left,
                                tape.given(1 + random.nextInt(90), 1)));
            }
            check(tape, seed);
        }
    }

    private static void check(Tape tape, int seed) {
        ArenaPlan plan = new ArenaPlan(tape.storages(), 0);
        Set<Integer> computed = new HashSet<>();
        tape.instructions().forEach(instruction -> computed.add(instruction.to().storage()));
        Set<Integer> reserved = new HashSet<>();
        tape.instructions().forEach(instruction -> instruction.from().stream()
                .filter(from -> !computed.contains(from.storage()) && reserved.add(from.storage()))
                .forEach(plan::reserve));
        plan.place(tape.instructions());
        int[] owner = new int[plan.end()];
        Arrays.fill(owner, -1);
        for (Instruction instruction : tape.instructions()) {
            for (Tensor from : instruction.from()) {
                for (int at = 0; at < from.elements() && computed.contains(from.storage()); at++) {
                    assertEquals(from.storage(), owner[plan.offset(from) + at], "seed " + seed);
                }
            }
            for (int at = 0; at < instruction.to().elements(); at++) {
                owner[plan.offset(instruction.to()) + at] = instruction.to().storage();
            }
        }
        assertTrue(plan.end() > 0);
    }

    @Test
    void offset_ofWhatNothingComputes_isRefused() {
        ArenaPlan plan = new ArenaPlan(1, 0);
        assertThrows(IllegalArgumentException.class, () -> plan.offset(new Tensor(0, new int[] {1})));
    }
}
