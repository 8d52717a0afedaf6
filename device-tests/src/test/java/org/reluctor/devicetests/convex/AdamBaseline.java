package org.reluctor.devicetests.convex;

import java.util.Arrays;
import java.util.Random;
import org.reluctor.learn.algebra.HostProducts;
import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.algebra.Products;
import org.reluctor.learn.algebra.Samples;

/**
 * Gradient descent on the same two-layer objective, ½‖Y − act(XW)A‖² + β/2(‖W‖² + ‖A‖²): Adam (D. Kingma, J. Ba, 2015)
 * on mini-batches, the step falling as a cosine over the time that it is given. The activation is ReLU, or a fixed gate
 * for each unit, which is the convex program's own network.
 */
final class AdamBaseline {
    private static final int BATCH = 512;
    private static final double FIRST_DECAY = 0.9;
    private static final double SECOND_DECAY = 0.999;
    private static final double EPSILON = 1e-8;

    private final Products products = new HostProducts();
    private final Samples inputs;
    private final Samples targets;
    private final double beta;
    private final Matrix gates;
    private final int[] gateOf;
    private final Random random;
    private final Matrix[] weights = new Matrix[2];
    private final Matrix[] first = new Matrix[2];
    private final Matrix[] second = new Matrix[2];
    private int steps;

    /** ReLU units. */
    static AdamBaseline relu(Samples inputs, Samples targets, double beta, int units, long seed) {
        return new AdamBaseline(inputs, targets, beta, null, new int[units], seed);
    }

    /** Units behind fixed gates, [d, P]; every unit names its own. */
    static AdamBaseline gated(Samples inputs, Samples targets, double beta, Matrix gates, int[] gateOf, long seed) {
        return new AdamBaseline(inputs, targets, beta, gates, gateOf, seed);
    }

    private AdamBaseline(Samples inputs, Samples targets, double beta, Matrix gates, int[] gateOf, long seed) {
        this.inputs = inputs;
        this.targets = targets;
        this.beta = beta;
        this.gates = gates;
        this.gateOf = gateOf;
        int units = gateOf.length;
        random = new Random(seed);
        weights[0] = gaussian(inputs.width(), units, Math.sqrt(2.0 / inputs.width()));
        weights[1] = gaussian(units, targets.width(), Math.sqrt(1.0 / units));
        for (int layer = 0; layer < 2; layer++) {
            first[layer] = Matrix.zero(weights[layer].rows(), weights[layer].columns());
            second[layer] = Matrix.zero(weights[layer].rows(), weights[layer].columns());
        }
    }

    private Matrix gaussian(int rows, int columns, double deviation) {
        Matrix matrix = Matrix.zero(rows, columns);
        for (int at = 0; at < matrix.values().length; at++) {
            matrix.values()[at] = deviation * random.nextGaussian();
        }
        return matrix;
    }

    /** Descends for so many seconds, the step falling from the one given; returns the steps taken. */
    int run(double seconds, double step) {
        long startNs = System.nanoTime();
        int[] order = new int[inputs.count()];
        int next = order.length;
        for (double share = 0; share < 1; share = (System.nanoTime() - startNs) / 1e9 / seconds) {
            if (next + BATCH > order.length) {
                shuffle(order);
                next = 0;
            }
            descend(Arrays.copyOfRange(order, next, next + BATCH), step * (1 + Math.cos(Math.PI * share)) / 2);
            next += BATCH;
        }
        return steps;
    }

    private void shuffle(int[] order) {
        Arrays.setAll(order, at -> at);
        for (int at = order.length - 1; at > 0; at--) {
            int other = random.nextInt(at + 1);
            int kept = order[at];
            order[at] = order[other];
            order[other] = kept;
        }
    }

    private void descend(int[] batch, double rate) {
        steps++;
        Samples x = gather(inputs, batch);
        Samples hidden = products.times(x, weights[0]);
        boolean[] open = activate(x, hidden);
        Samples error = products.times(hidden, weights[1]).plus(-1, gather(targets, batch));
        Samples back = products.times(error, weights[1].transposed());
        for (int at = 0; at < open.length; at++) {
            back.values()[at] = open[at] ? back.values()[at] : 0;
        }
        // The objective over the number of samples, whatever the batch.
        double decay = beta / inputs.count();
        Matrix inputGradient = products.gram(x, back);
        Matrix outputGradient = products.gram(hidden, error);
        update(0, inputGradient, decay, rate);
        update(1, outputGradient, decay, rate);
    }

    private boolean[] activate(Samples x, Samples hidden) {
        Samples decides = gates == null ? hidden : products.times(x, gates);
        boolean[] open = new boolean[hidden.values().length];
        for (int at = 0; at < open.length; at++) {
            int unit = at % gateOf.length;
            int place = gates == null ? at : at / gateOf.length * gates.columns() + gateOf[unit];
            open[at] = decides.values()[place] > 0;
            hidden.values()[at] = open[at] ? hidden.values()[at] : 0;
        }
        return open;
    }

    private void update(int layer, Matrix gradient, double decay, double rate) {
        double[] w = weights[layer].values();
        double[] m = first[layer].values();
        double[] v = second[layer].values();
        double scale = rate * Math.sqrt(1 - Math.pow(SECOND_DECAY, steps)) / (1 - Math.pow(FIRST_DECAY, steps));
        for (int at = 0; at < w.length; at++) {
            double slope = gradient.values()[at] / BATCH + decay * w[at];
            m[at] += (1 - FIRST_DECAY) * (slope - m[at]);
            v[at] += (1 - SECOND_DECAY) * (slope * slope - v[at]);
            w[at] -= scale * m[at] / (Math.sqrt(v[at]) + EPSILON);
        }
    }

    private static Samples gather(Samples from, int[] places) {
        Samples part = Samples.zero(places.length, from.width());
        for (int at = 0; at < places.length; at++) {
            System.arraycopy(from.values(), places[at] * from.width(), part.values(), at * from.width(), from.width());
        }
        return part;
    }

    Samples predict(Samples x) {
        Samples hidden = products.times(x, weights[0]);
        activate(x, hidden);
        return products.times(hidden, weights[1]);
    }

    /** Over all training samples. */
    double objective() {
        double fit = Arrays.stream(targets.plus(-1, predict(inputs)).values()).map(value -> value * value).sum();
        return fit / 2 + beta / 2 * (weights[0].dot(weights[0]) + weights[1].dot(weights[1]));
    }
}
