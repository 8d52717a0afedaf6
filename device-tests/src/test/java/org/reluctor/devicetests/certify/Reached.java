package org.reluctor.devicetests.certify;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.reluctor.certify.graph.Cone;
import org.reluctor.certify.graph.Derivative;
import org.reluctor.certify.graph.LayerGraph;
import org.reluctor.certify.interval.Box;

/**
 * What the elements of a layer do reach on a box, by ascents with signs of the derivative: an inner bound, so that the
 * gap to it is never smaller than the gap to the exact one.
 */
final class Reached {
    private static final int STEPS = 24;

    private Reached() {
    }

    static Box of(LayerGraph graph, Box input, int layer, int starts) {
        int size = graph.layer(layer).size();
        double[] most = new double[2 * size];
        IntStream.range(0, size).parallel().forEach(element -> {
            // By what the element depends on alone.
            Cone cone = Cone.of(graph, layer, element);
            Box box = new Box(cone.part(0, input.low()), cone.part(0, input.high()));
            for (int at = element; at < most.length; at += size) {
                double sign = at < size ? 1 : -1;
                SplittableRandom random = new SplittableRandom(31L * layer + at);
                most[at] = Double.NEGATIVE_INFINITY;
                for (int start = 0; start < starts; start++) {
                    most[at] = Math.max(most[at], ascend(cone.graph(), box, sign, start(box, start, random)));
                }
            }
        });
        double[] low = Arrays.stream(most, size, 2 * size).map(value -> -value).toArray();
        double[] high = Arrays.copyOf(most, size);
        for (int at = 0; at < size; at++) {
            // Two ascents that end at one point may round it in two ways.
            high[at] = Math.max(low[at], high[at]);
        }
        return new Box(low, high);
    }

    private static double[] start(Box input, int number, SplittableRandom random) {
        double[] x = new double[input.size()];
        for (int at = 0; at < x.length; at++) {
            double place = number % 2 == 0 ? random.nextDouble() : random.nextInt(2);
            x[at] = number == 0 ? input.middle(at) : input.low()[at] + place * input.width(at);
        }
        return x;
    }

    private static double ascend(LayerGraph graph, Box input, double sign, double[] x) {
        int last = graph.size() - 1;
        double best = Double.NEGATIVE_INFINITY;
        double step = 1;
        for (int at = 0; at < STEPS; at++) {
            double[][] values = graph.evaluate(x);
            best = Math.max(best, sign * values[last][0]);
            double[] slope = Derivative.byInput(graph, values, last, new double[] {sign});
            for (int i = 0; i < x.length; i++) {
                x[i] = Math.min(input.high()[i], Math.max(input.low()[i],
                        x[i] + step * Math.signum(slope[i]) * input.width(i)));
            }
            step *= 0.75;
        }
        return best;
    }
}
