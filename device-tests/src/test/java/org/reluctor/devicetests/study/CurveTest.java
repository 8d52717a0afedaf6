package org.reluctor.devicetests.study;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CurveTest {
    @Test
    void means_pointsOfUnequalTimes_averagesSpansAndDrawsLinesBetween() {
        Curve curve = new Curve();
        curve.add(2.5, 8);
        curve.add(2.6, 6);
        curve.add(6.5, 3);
        assertEquals(3, curve.size());
        assertArrayEquals(new double[] {7, 7, 7, 6, 5, 4, 3, 3}, curve.means(8, 8), 1e-12);
    }

    @Test
    void table_twoMethods_tellsMeansAndDeviationsInOrder() {
        RunTable table = new RunTable(List.of(run("b", 1, 4), run("a", 1, 1), run("b", 2, 6)));
        assertEquals(List.of("b", "a"), List.copyOf(table.byMethod().keySet()));
        assertEquals(new RunTable.Spread(5, Math.sqrt(2)), table.spread("b", run -> run.figures().get("objective")));
        assertTrue(table.text().lines().anyMatch(line -> line.startsWith("b ") && line.contains("5.000 ± 1.414")),
                table.text());
        assertTrue(table.text().lines().anyMatch(line -> line.startsWith("a ") && line.trim().endsWith("-")),
                table.text());
    }

    private static StudyRun run(String method, long seed, double objective) {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("objective", objective);
        figures.put("gap", Double.NaN);
        return new StudyRun("task", method, seed, 2, 1, 10, figures, Map.of(), new double[] {objective});
    }
}
