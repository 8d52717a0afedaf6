package org.reluctor.learn.gradient;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class FusionTest {
    private static final Formula A = Formula.input(0);
    private static final Formula B = Formula.input(1);

    private final Tape tape = new Tape();

    @Test
    void fuse_chainOfFormulas_isOneInstructionOfTheSameValue() {
        Tensor x = tape.variable(2, 3);
        Tensor bias = tape.variable(3);
        Tensor shifted = tape.pointwise(Elementary.ADD.of(A, B), x, bias);
        Tensor rectified = tape.pointwise(Elementary.RELU.of(A), shifted);
        Tensor doubled = tape.pointwise(Elementary.ADD.of(A, B), rectified, rectified);
        List<Instruction> fused = Fusion.fuse(tape.instructions(), List.of(doubled));
        // A value that is read twice is not joined, even where one formula reads it both times.
        assertEquals(2, fused.size());
        assertArrayEquals(run(tape.instructions(), x, bias, doubled), run(fused, x, bias, doubled));
    }

    private double[] run(List<Instruction> instructions, Tensor x, Tensor bias, Tensor result) {
        HostArithmetic host = new HostArithmetic(tape, instructions);
        host.write(x, new double[] {1, -2, 3, -4, 5, -6});
        host.write(bias, new double[] {0.5, 3, -4});
        host.run();
        return host.read(result);
    }

    @Test
    void fuse_valueOfSeveralReadersOrKept_staysAnInstruction() {
        Tensor x = tape.variable(4);
        Tensor root = tape.pointwise(Elementary.SQRT.of(A), x);
        Tensor sum = tape.pointwise(Elementary.ADD.of(A, B), root, x);
        Tensor product = tape.pointwise(Elementary.MUL.of(A, B), root, x);
        assertEquals(3, Fusion.fuse(tape.instructions(), List.of(sum, product)).size());
        assertEquals(2, Fusion.fuse(tape.instructions(), List.of(sum, root)).size());
        assertEquals(1, Fusion.fuse(tape.instructions(), List.of(root)).size());
    }

    @Test
    void fuse_stretchedValue_isNotComputedAnewForEveryElement() {
        Tensor x = tape.variable(2, 1);
        Tensor root = tape.pointwise(Elementary.SQRT.of(A), x);
        Tensor sum = tape.pointwise(Elementary.ADD.of(A, B), root, tape.variable(2, 50));
        assertEquals(2, Fusion.fuse(tape.instructions(), List.of(sum)).size());
    }
}
