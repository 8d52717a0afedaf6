package org.reluctor.learn.unrectified;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.algebra.Products;
import org.reluctor.learn.algebra.Samples;

/**
 * What a pass over samples says about the weights when every activation variable d is held at what the forward pass
 * made it: for each layer Σ inputs·pullᵀ, where the pull is what is left of the targets, brought back through the
 * un-rectified, that is linear, layers above; and where asked for, Σ inputs·inputsᵀ and Σ ddᵀ.
 */
final class PatternSums {
    private final Products products;
    private final DenseNetwork network;
    private final List<Matrix> pulls = new ArrayList<>();
    private final List<Matrix> grams = new ArrayList<>();
    private final List<Matrix> patterns = new ArrayList<>();
    private long samples;
    private double loss;

    PatternSums(Products products, DenseNetwork network) {
        this.products = products;
        this.network = network;
        for (int layer = 0; layer <= network.hidden(); layer++) {
            pulls.add(null);
            grams.add(null);
            patterns.add(null);
        }
    }

    /** Adds a shard. */
    void add(Shard shard, boolean curvature) {
        ForwardPass pass = network.forward(products, shard.measurements());
        loss += pass.loss(shard.targets());
        samples += shard.count();
        Samples pull = shard.targets().plus(-1, pass.output());
        for (int layer = network.hidden(); layer >= 0; layer--) {
            pulls.set(layer, RidgeSum.sum(pulls.get(layer), products.gram(pass.inputs().get(layer), pull)));
            if (curvature) {
                addCurvature(pass, layer);
            }
            if (layer > 0) {
                pull = gated(products.times(pull, network.activationPart(layer).transposed()),
                        pass.sums().get(layer - 1));
            }
        }
    }

    private void addCurvature(ForwardPass pass, int layer) {
        Samples inputs = pass.inputs().get(layer);
        grams.set(layer, RidgeSum.sum(grams.get(layer), products.gram(inputs, inputs)));
        if (layer < network.hidden()) {
            Samples ones = Samples.zero(inputs.count(), network.width(layer));
            Arrays.fill(ones.values(), 1);
            Samples gates = gated(ones, pass.sums().get(layer));
            patterns.set(layer, RidgeSum.sum(patterns.get(layer), products.gram(gates, gates)));
        }
    }

    private static Samples gated(Samples values, Samples sums) {
        for (int at = 0; at < values.values().length; at++) {
            if (!(sums.values()[at] > 0)) {
                values.values()[at] = 0;
            }
        }
        return values;
    }

    long samples() {
        return samples;
    }

    /** Half the sum of squares that is left. */
    double loss() {
        return loss;
    }

    /** Σ inputs·pullᵀ over the samples' number. */
    Matrix pull(int layer) {
        return pulls.get(layer).times(1.0 / samples);
    }

    /** Mean of inputs·inputsᵀ. */
    Matrix gram(int layer) {
        return grams.get(layer).times(1.0 / samples);
    }

    /** Mean of ddᵀ of a hidden layer. */
    Matrix pattern(int layer) {
        return patterns.get(layer).times(1.0 / samples);
    }
}
