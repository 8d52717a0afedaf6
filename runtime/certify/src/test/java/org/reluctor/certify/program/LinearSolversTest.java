package org.reluctor.certify.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.reluctor.certify.interval.Box;

/** Two solvers of different make reach the same bound; multipliers that nobody chose still give one that holds. */
class LinearSolversTest {
    private final SplittableRandom random = new SplittableRandom(1);

    private List<LinearRow> rows(int size, int count) {
        List<LinearRow> rows = new ArrayList<>();
        for (int row = 0; row < count; row++) {
            int[] places = IntStream.range(0, size).toArray();
            // The origin fulfils every row.
            rows.add(new LinearRow(places, random.doubles(size, -1, 1).toArray(), random.nextDouble(0.05, 1)));
        }
        return rows;
    }

    @Test
    void maximise_byBothSolvers_provesTheSameBound() {
        for (int round = 0; round < 40; round++) {
            int size = 2 + random.nextInt(6);
            Box box = Box.of(size, -1, 1);
            List<LinearRow> rows = rows(size, 1 + random.nextInt(8));
            double[] objective = random.doubles(size, -1, 1).toArray();
            double[] found = new double[2];
            List<LinearSolver> solvers = List.of(new GlopSolver(box), new OjAlgoSolver(box));
            for (int at = 0; at < 2; at++) {
                try (LinearSolver solver = solvers.get(at)) {
                    rows.forEach(solver::add);
                    LinearSolution solution = solver.maximise(objective).orElseThrow();
                    found[at] = DualBound.upper(box, rows, objective, solution.multipliers());
                    assertEquals(found[at], dot(objective, solution.point()), 1e-7, "the point reaches the bound");
                }
            }
            assertEquals(found[0], found[1], 1e-7);
        }
    }

    @Test
    void upper_ofAlteredMultipliers_staysAbovePointsThatFulfilTheRows() {
        for (int round = 0; round < 300; round++) {
            int size = 2 + random.nextInt(4);
            Box box = Box.of(size, -1, 1);
            List<LinearRow> rows = rows(size, 4);
            double[] objective = random.doubles(size, -1, 1).toArray();
            double bound = DualBound.upper(box, rows, objective, random.doubles(4, -1, 3).toArray());
            for (int draw = 0; draw < 100; draw++) {
                double[] point = random.doubles(size, -1, 1).toArray();
                if (rows.stream().allMatch(row -> dot(row.coefficients(), point) <= row.bound())) {
                    assertTrue(dot(objective, point) <= bound + 1e-12);
                }
            }
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int at = 0; at < a.length; at++) {
            sum += a[at] * b[at];
        }
        return sum;
    }
}
