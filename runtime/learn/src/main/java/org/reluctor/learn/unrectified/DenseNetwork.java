package org.reluctor.learn.unrectified;

import java.util.ArrayList;
import java.util.List;
import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.algebra.NormalDraws;
import org.reluctor.learn.algebra.Products;
import org.reluctor.learn.algebra.Samples;

/**
 * A fully connected ReLU network: layer l takes [a | y | 1], the outputs a of the layer before, the measurements where
 * the form is unrolled, and a constant for the bias, times its weights. All layers but the last are followed by a ReLU.
 * Immutable as long as nobody writes to the matrices.
 *
 * @param weights  of the layers, [inputs with y and 1, outputs] each; two layers or more
 * @param unrolled whether every layer after the first sees the measurements, too (LISTA's form)
 */
public record DenseNetwork(List<Matrix> weights, boolean unrolled) {
    public DenseNetwork {
        weights = List.copyOf(weights);
        if (weights.size() < 2) {
            throw new IllegalArgumentException(weights.size() + " layers; at least one hidden layer is needed");
        }
        int measurements = weights.get(0).rows() - 1;
        for (int layer = 1; layer < weights.size(); layer++) {
            int inputs = weights.get(layer - 1).columns() + 1 + (unrolled ? measurements : 0);
            if (weights.get(layer).rows() != inputs) {
                throw new IllegalArgumentException("layer " + layer + " takes " + weights.get(layer).rows()
                        + " inputs; after the layer before they are " + inputs);
            }
        }
    }

    /**
     * Layers of those widths with He's initialisation (arXiv 1502.01852), biases zero and the last layer zero: its
     * weights are found by ridge regression at once.
     *
     * @param widths measurements, hidden widths, outputs
     */
    public static DenseNetwork random(boolean unrolled, long seed, int... widths) {
        NormalDraws draws = new NormalDraws(seed);
        List<Matrix> weights = new ArrayList<>();
        for (int layer = 0; layer + 1 < widths.length; layer++) {
            int active = widths[layer] + (unrolled && layer > 0 ? widths[0] : 0);
            Matrix matrix = Matrix.zero(active + 1, widths[layer + 1]);
            double deviation = layer + 2 < widths.length ? Math.sqrt(2.0 / active) : 0;
            for (int at = 0; at < active * matrix.columns(); at++) {
                matrix.values()[at] = deviation * draws.next();
            }
            weights.add(matrix);
        }
        return new DenseNetwork(weights, unrolled);
    }

    /** Number of layers with a ReLU. */
    public int hidden() {
        return weights.size() - 1;
    }

    /** Weights of a layer. */
    public Matrix weights(int layer) {
        return weights.get(layer);
    }

    /** Outputs of a layer. */
    public int width(int layer) {
        return weights.get(layer).columns();
    }

    /** Numbers that training chooses. */
    public int parameters() {
        return weights.stream().mapToInt(matrix -> matrix.values().length).sum();
    }

    /** The same network with one layer changed. */
    public DenseNetwork with(int layer, Matrix changed) {
        List<Matrix> all = new ArrayList<>(weights);
        all.set(layer, changed);
        return new DenseNetwork(all, unrolled);
    }

    /** The rows of a layer's weights that meet the outputs of the layer before: [width before, width]. */
    Matrix activationPart(int layer) {
        Matrix all = weights.get(layer);
        int rows = layer == 0 ? all.rows() - 1 : width(layer - 1);
        return part(all, 0, rows);
    }

    /** What a layer adds whatever the layer before says: its bias and, unrolled, the measurements' part. */
    Samples offset(Products products, int layer, Samples measurements) {
        Matrix all = weights.get(layer);
        int first = width(layer - 1);
        if (unrolled) {
            return products.times(withOne(measurements), part(all, first, all.rows() - first));
        }
        Samples offset = Samples.zero(measurements.count(), all.columns());
        for (int at = 0; at < offset.count(); at++) {
            System.arraycopy(all.values(), first * all.columns(), offset.values(), at * all.columns(), all.columns());
        }
        return offset;
    }

    private static Matrix part(Matrix all, int firstRow, int rows) {
        Matrix part = Matrix.zero(rows, all.columns());
        System.arraycopy(all.values(), firstRow * all.columns(), part.values(), 0, part.values().length);
        return part;
    }

    /** What a layer takes: [a | y | 1]. For the first layer the activations are the measurements. */
    Samples inputs(int layer, Samples activations, Samples measurements) {
        return layer > 0 && unrolled ? withOne(joined(activations, measurements)) : withOne(activations);
    }

    private static Samples joined(Samples left, Samples right) {
        Samples both = Samples.zero(left.count(), left.width() + right.width());
        for (int at = 0; at < left.count(); at++) {
            System.arraycopy(left.values(), at * left.width(), both.values(), at * both.width(), left.width());
            System.arraycopy(right.values(), at * right.width(), both.values(), at * both.width() + left.width(),
                    right.width());
        }
        return both;
    }

    private static Samples withOne(Samples vectors) {
        Samples result = Samples.zero(vectors.count(), vectors.width() + 1);
        for (int at = 0; at < vectors.count(); at++) {
            System.arraycopy(vectors.values(), at * vectors.width(), result.values(), at * result.width(),
                    vectors.width());
            result.values()[(at + 1) * result.width() - 1] = 1;
        }
        return result;
    }

    /** Half the mean squared difference to the targets a number, over all shards. */
    public double objective(Products products, Shards shards) {
        double loss = 0;
        for (int at = 0; at < shards.count(); at++) {
            Shard shard = shards.shard(at);
            loss += forward(products, shard.measurements()).loss(shard.targets());
        }
        return loss / shards.samples() / width(hidden());
    }

    /** Runs the network. */
    public Samples apply(Products products, Samples measurements) {
        return forward(products, measurements).output();
    }

    /** Runs the network and keeps what every layer saw. */
    ForwardPass forward(Products products, Samples measurements) {
        List<Samples> inputs = new ArrayList<>();
        List<Samples> sums = new ArrayList<>();
        Samples activations = measurements;
        for (int layer = 0; layer < weights.size(); layer++) {
            inputs.add(inputs(layer, activations, measurements));
            sums.add(products.times(inputs.get(layer), weights.get(layer)));
            activations = layer < hidden() ? rectified(sums.get(layer)) : activations;
        }
        return new ForwardPass(inputs, sums);
    }

    static Samples rectified(Samples sums) {
        Samples result = new Samples(sums.width(), sums.values().clone());
        double[] values = result.values();
        for (int at = 0; at < values.length; at++) {
            values[at] = Math.max(0, values[at]);
        }
        return result;
    }
}
