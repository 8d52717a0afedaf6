package org.reluctor.certify.envelope;

import java.util.random.RandomGenerator;
import org.reluctor.certify.interval.Box;

/** Random neurons on random boxes, with the odd zero weight and the odd coordinate without width. */
final class RandomNeurons {
    private RandomNeurons() {
    }

    static AffineNeuron neuron(RandomGenerator random, int size) {
        double[] weights = new double[size];
        double[] low = new double[size];
        double[] high = new double[size];
        double middle = 0;
        for (int at = 0; at < size; at++) {
            weights[at] = random.nextInt(12) == 0 ? 0 : random.nextDouble(-3, 3);
            low[at] = random.nextDouble(-2, 1);
            high[at] = random.nextInt(12) == 0 ? low[at] : low[at] + random.nextDouble(0, 2);
            middle += weights[at] * 0.5 * (low[at] + high[at]);
        }
        return new AffineNeuron(weights, random.nextDouble(-2, 2) - middle, new Box(low, high));
    }

    /** A point of the box, at times with coordinates at its sides or at equal positions. */
    static double[] point(RandomGenerator random, Box box) {
        boolean ties = random.nextInt(4) == 0;
        double[] point = new double[box.size()];
        for (int at = 0; at < point.length; at++) {
            double position = ties ? random.nextInt(3) * 0.5 : random.nextDouble();
            point[at] = Math.min(box.high()[at], box.low()[at] + position * box.width(at));
        }
        return point;
    }
}
