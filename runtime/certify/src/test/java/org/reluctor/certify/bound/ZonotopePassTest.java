package org.reluctor.certify.bound;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.reluctor.certify.graph.Float32Rounding;
import org.reluctor.certify.graph.DenseMap;
import org.reluctor.certify.graph.LayerGraph;
import org.reluctor.certify.interval.Box;

class ZonotopePassTest {
    /** relu(x1 + x2 - 1) is off its chord by 0.5, half to either side; the skip cancels half of the chord. */
    @Test
    void box_ofTheSkip_isThatOfItsChord() {
        LayerGraph graph = TestGraphs.skip();
        Box box = new ZonotopePass(graph, 3, Execution.EXACT, 1).box(Box.of(2, 0, 1));
        assertArrayEquals(new double[] {-1, 0.5}, new double[] {box.low()[0], box.high()[0]}, 1e-9);
    }

    @Test
    void box_ofRandomNetworks_isNeverLeft() {
        SplittableRandom random = new SplittableRandom(3);
        for (int round = 0; round < 40; round++) {
            LayerGraph graph = TestGraphs.random(random, round % 2 == 0, 3, 8, 8, 4);
            Box input = Box.of(3, -0.4, 0.7);
            Box box = new ZonotopePass(graph, graph.size() - 1, Execution.EXACT, round % 9).box(input);
            for (int draw = 0; draw < 200; draw++) {
                double[] x = random.doubles(3, -0.4, 0.7).toArray();
                assertTrue(box.contains(graph.evaluate(x)[graph.size() - 1]));
            }
        }
    }

    @Test
    void box_ofFloat32InAnyOrder_isNeverLeft() {
        SplittableRandom random = new SplittableRandom(4);
        for (int round = 0; round < 20; round++) {
            LayerGraph graph = TestGraphs.random(random, false, 3, 8, 8, 1);
            // A point: what is left of the box is rounding alone.
            float[] x = {random.nextInt(9) / 8f, random.nextInt(9) / 8f, random.nextInt(9) / 8f};
            double[] point = {x[0], x[1], x[2]};
            Box box = new ZonotopePass(graph, graph.size() - 1, Execution.FLOAT32, round % 9)
                    .box(new Box(point, point));
            for (int draw = 0; draw < 50; draw++) {
                assertTrue(box.contains(new double[] {Float32Execution.run(graph, x, random)}));
            }
            assertTrue(box.width(0) < 1e-4, () -> "wide: " + box.width(0));
        }
    }

    @Test
    void box_whereFloat32WouldOverflow_refuses() {
        LayerGraph.Builder builder = new LayerGraph.Builder(1);
        builder.affine(0, new DenseMap(1, 1, new double[] {1e38}), new double[1], Float32Rounding.ofSums(1));
        LayerGraph graph = builder.build();
        assertThrows(ArithmeticException.class,
                () -> new ZonotopePass(graph, 1, Execution.FLOAT32, 1).box(Box.of(1, -9, 9)));
    }
}
