package org.reluctor.learn.convex;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.algebra.SingularValues;

class GroupNormTest {
    @ParameterizedTest
    @CsvSource({"FROBENIUS,5,3,0.4", "NUCLEAR,5,3,0.4", "NUCLEAR,3,7,0.8", "NUCLEAR,6,1,0.3", "FROBENIUS,4,4,0.01"})
    void shrink_anyMatrix_meetsTheOptimalityConditions(GroupNorm norm, int rows, int columns, double threshold) {
        // V = argmin ½‖V − U‖² + t‖V‖ if and only if (U − V)/t is a subgradient of the norm at V.
        Matrix u = new Draws(5).matrix(rows, columns);
        GroupNorm.Shrunk shrunk = norm.shrink(u, threshold);
        Matrix taken = u.plus(-1, shrunk.matrix());
        assertEquals(norm.of(shrunk.matrix()), shrunk.norm(), 1e-9);
        assertTrue(norm.dual(taken) <= threshold * (1 + 1e-9), "a subgradient's dual norm is at most 1");
        assertEquals(threshold * shrunk.norm(), taken.dot(shrunk.matrix()), 1e-9);
    }

    @Test
    void shrink_nuclear_equalsSoftThresholdedSingularValues() {
        Matrix u = new Draws(8).matrix(6, 4);
        SingularValues factors = SingularValues.of(u);
        Matrix scaled = factors.right().transposed();
        for (int at = 0; at < scaled.values().length; at++) {
            scaled.values()[at] *= Math.max(0, factors.values()[at / 4] - 0.7);
        }
        Matrix reference = factors.left().times(scaled);
        assertArrayEquals(reference.values(), GroupNorm.NUCLEAR.shrink(u, 0.7).matrix().values(), 1e-12);
    }

    @Test
    void shrink_thresholdOfTheDualNorm_isZero() {
        for (GroupNorm norm : GroupNorm.values()) {
            Matrix u = new Draws(2).matrix(4, 3);
            Matrix rest = norm.shrink(u, norm.dual(u) * (1 + 1e-12)).matrix();
            assertEquals(0, rest.dot(rest), norm.name());
        }
    }

    @Test
    void of_rankTwo_liesBetweenFrobeniusAndItsRootTwofold() {
        Matrix u = new Draws(1).matrix(7, 2).times(new Draws(9).matrix(2, 5));
        double frobenius = GroupNorm.FROBENIUS.of(u);
        double nuclear = GroupNorm.NUCLEAR.of(u);
        assertTrue(frobenius <= nuclear && nuclear <= Math.sqrt(2) * frobenius, frobenius + " " + nuclear);
    }
}
