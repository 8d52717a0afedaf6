package org.reluctor.learn.convex;

import java.util.Random;
import org.reluctor.learn.algebra.HostProducts;
import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.algebra.Products;
import org.reluctor.learn.algebra.Samples;

/** Random data of a seed for the tests of this package, and a problem that one gate cannot solve. */
final class Draws {
    static final Products HOST = new HostProducts();

    private final Random random;

    Draws(long seed) {
        random = new Random(seed);
    }

    Matrix matrix(int rows, int columns) {
        return Matrix.of(rows, columns, random.doubles((long) rows * columns, -1, 1).toArray());
    }

    Samples samples(int count, int width) {
        return new Samples(width, matrix(count, width).values());
    }

    /** Inputs of the given width whose last element is 1. */
    Samples biased(int count, int width) {
        Samples inputs = samples(count, width);
        for (int at = width - 1; at < inputs.values().length; at += width) {
            inputs.values()[at] = 1;
        }
        return inputs;
    }

    /** Targets of a random network of some ReLUs, with a little noise. */
    Samples targets(Samples inputs, int units, int outputs) {
        Samples hidden = inputs.times(matrix(inputs.width(), units));
        for (int at = 0; at < hidden.values().length; at++) {
            hidden.values()[at] = Math.max(0, hidden.values()[at]);
        }
        return hidden.times(matrix(units, outputs)).plus(0.1, samples(inputs.count(), outputs));
    }

    GatedProgram program(int count, int width, int outputs, int gates, GroupNorm norm) {
        Samples inputs = biased(count, width);
        return new GatedProgram(inputs, targets(inputs, 6, outputs), PatternSampling.gaussian(gates, 3).draw(inputs),
                norm);
    }
}
