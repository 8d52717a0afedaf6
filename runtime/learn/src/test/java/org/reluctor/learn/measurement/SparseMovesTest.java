package org.reluctor.learn.measurement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.reluctor.learn.algebra.Matrix;
import org.reluctor.network.MeasurementMatrix;

class SparseMovesTest {
    private static final MeasurementMatrix START = MeasurementMatrix.sparseBinary(6, 20, 2, 3);

    @Test
    void ranked_anyGradient_namesTheBestMoveOfEveryColumnInOrder() {
        Matrix gradient = Matrix.of(6, 20, new Random(1).doubles(120, -1, 1).toArray());
        List<SparseMoves.Move> moves = new SparseMoves(START).ranked(gradient);
        assertEquals(moves.size(), moves.stream().map(SparseMoves.Move::column).distinct().count());
        for (int at = 0; at < moves.size(); at++) {
            SparseMoves.Move move = moves.get(at);
            assertEquals(best(gradient, move.column()), move.change(), 1e-15);
            assertTrue(move.change() < 0 && (at == 0 || moves.get(at - 1).change() <= move.change()));
        }
    }

    private static double best(Matrix gradient, int column) {
        double best = Double.POSITIVE_INFINITY;
        for (int from = 0; from < 6; from++) {
            for (int to = 0; to < 6; to++) {
                boolean possible = START.at(from, column) == 1 && START.at(to, column) == 0;
                best = possible ? Math.min(best, gradient.at(to, column) - gradient.at(from, column)) : best;
            }
        }
        return best;
    }

    @Test
    void apply_manyMoves_keepsTheOnesOfEveryColumnAndIsUndone() {
        SparseMoves moves = new SparseMoves(START);
        Random random = new Random(2);
        for (int round = 0; round < 50; round++) {
            List<SparseMoves.Move> ranked = moves.ranked(Matrix.of(6, 20, random.doubles(120, -1, 1).toArray()));
            MeasurementMatrix before = moves.matrix();
            moves.apply(ranked);
            assertTrue(moves.matrix().isSparseBinary());
            assertEquals(2, moves.matrix().onesPerColumn());
            moves.undo(ranked);
            assertEquals(before, moves.matrix());
            moves.apply(ranked);
        }
        assertTrue(!moves.matrix().equals(START));
    }

    @Test
    void apply_moveOfAZero_isRefused() {
        int zero = START.at(0, 0) == 0 ? 0 : START.at(1, 0) == 0 ? 1 : 2;
        assertThrows(IllegalArgumentException.class,
                () -> new SparseMoves(START).apply(List.of(new SparseMoves.Move(0, zero, zero, -1))));
        assertThrows(IllegalArgumentException.class, () -> new SparseMoves(MeasurementMatrix.rademacher(3, 8, 1)));
    }
}
