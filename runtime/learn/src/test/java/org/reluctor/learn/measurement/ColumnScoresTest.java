package org.reluctor.learn.measurement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.reluctor.learn.algebra.Matrix;
import org.reluctor.network.MeasurementMatrix;

class ColumnScoresTest {
    private static final MeasurementMatrix START = MeasurementMatrix.sparseBinary(6, 20, 2, 3);

    @Test
    void matrix_beforeAnyUpdate_isTheOneItBeganWith() {
        assertEquals(START, new ColumnScores(START, 0.02, false).matrix());
    }

    @Test
    void update_anyGradients_keepsTheOnesOfEveryColumn() {
        ColumnScores scores = new ColumnScores(START, 0.02, false);
        Random random = new Random(2);
        for (int update = 0; update < 100; update++) {
            scores.update(Matrix.of(6, 20, random.doubles(120, -1, 1).toArray()), update, 0.01);
            assertTrue(scores.matrix().isSparseBinary());
            assertEquals(2, scores.matrix().onesPerColumn());
        }
        assertNotEquals(START, scores.matrix());
    }

    @Test
    void matrix_levelRows_differByOneAtMostAndKeepTheOnesOfEveryColumn() {
        ColumnScores scores = new ColumnScores(START, 0.02, true);
        Random random = new Random(2);
        for (int update = 0; update < 100; update++) {
            scores.update(Matrix.of(6, 20, random.doubles(120, -1, 1).toArray()), update, 0.01);
            assertEquals(2, scores.matrix().onesPerColumn());
            int[] counts = new int[6];
            for (int column = 0; column < 20; column++) {
                Arrays.stream(scores.matrix().rowsOfColumn(column)).forEach(row -> counts[row]++);
            }
            // 40 ones in 6 rows.
            assertTrue(Arrays.stream(counts).allMatch(count -> count == 6 || count == 7), Arrays.toString(counts));
        }
    }

    @Test
    void update_towardsATarget_reachesIt() {
        MeasurementMatrix target = MeasurementMatrix.sparseBinary(6, 20, 2, 4);
        ColumnScores scores = new ColumnScores(START, 0.02, false);
        for (int update = 0; update < 40; update++) {
            // Of ½‖Φ − T‖².
            Matrix gradient = Matrix.of(scores.matrix()).plus(-1, Matrix.of(target));
            scores.update(gradient, update, 0.002);
        }
        assertEquals(target, scores.matrix());
    }

    @Test
    void restore_stateOfAnother_goesOnAlike() {
        ColumnScores first = new ColumnScores(START, 0.02, false);
        Random random = new Random(5);
        first.update(Matrix.of(6, 20, random.doubles(120, -1, 1).toArray()), 0, 0.05);
        ColumnScores second = new ColumnScores(START, 0.02, false);
        second.restore(first.state());
        Matrix gradient = Matrix.of(6, 20, random.doubles(120, -1, 1).toArray());
        first.update(gradient, 1, 0.05);
        second.update(gradient, 1, 0.05);
        assertEquals(first.matrix(), second.matrix());
    }

    @Test
    void construct_matrixWithoutZerosToMoveTo_isRefused() {
        assertThrows(IllegalArgumentException.class,
                () -> new ColumnScores(MeasurementMatrix.rademacher(3, 8, 1), 0.02, false));
        assertThrows(IllegalArgumentException.class,
                () -> new ColumnScores(MeasurementMatrix.sparseBinary(3, 8, 3, 1), 0.02, false));
    }
}
