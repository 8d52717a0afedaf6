package org.reluctor.learn.unrectified;

import java.util.ArrayList;
import java.util.List;
import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.algebra.Products;
import org.reluctor.learn.algebra.Samples;
import org.reluctor.learn.algebra.SymmetricEigen;

/**
 * The targets in the few directions that hold nearly all of their energy. Squared errors are the same in every
 * orthonormal basis, so that the hidden layers can be trained on these directions alone, at a fraction of the last
 * layer's work; that layer is then fitted to all outputs.
 *
 * @param outputs n
 * @param basis   [n, k], orthonormal columns; null where every output is a direction
 * @param rest    half the mean energy of a sample's targets beside the directions
 */
record PrincipalOutputs(int outputs, Matrix basis, double rest) {
    /** Directions come in numbers that devices like. */
    private static final int MULTIPLE = 16;

    /** Every output. */
    static PrincipalOutputs all(int outputs) {
        return new PrincipalOutputs(outputs, null, 0);
    }

    /**
     * The directions that hold a share of the targets' energy.
     *
     * @param share above 0 to 1; 1 for all directions
     */
    static PrincipalOutputs of(Products products, Shards shards, double share) {
        int outputs = shards.shard(0).targets().width();
        if (share == 1) {
            return all(outputs);
        }
        Matrix gram = null;
        for (int at = 0; at < shards.count(); at++) {
            Samples targets = shards.shard(at).targets();
            gram = RidgeSum.sum(gram, products.gram(targets, targets));
        }
        SymmetricEigen eigen = SymmetricEigen.of(gram);
        double all = gram.trace();
        double held = 0;
        int count = 0;
        while (count < gram.rows() && (held < share * all || count % MULTIPLE != 0)) {
            held += Math.max(0, eigen.values()[count]);
            count++;
        }
        Matrix basis = Matrix.zero(gram.rows(), count);
        for (int row = 0; row < gram.rows(); row++) {
            System.arraycopy(eigen.vectors().values(), row * gram.rows(), basis.values(), row * count, count);
        }
        return new PrincipalOutputs(outputs, basis, Math.max(0, all - held) / shards.samples() / 2);
    }

    /** The same samples with the targets in these directions, which are kept in memory. */
    Shards of(Products products, Shards shards) {
        if (basis == null) {
            return shards;
        }
        List<Shard> all = new ArrayList<>();
        for (int at = 0; at < shards.count(); at++) {
            Shard shard = shards.shard(at);
            all.add(new Shard(shard.measurements(), products.times(shard.targets(), basis)));
        }
        return Shards.of(all);
    }

    /** The network that gives these directions of a network's outputs. */
    DenseNetwork of(DenseNetwork network) {
        return basis == null ? network
                : network.with(network.hidden(), network.weights(network.hidden()).times(basis));
    }

    /** The network with all outputs again. */
    DenseNetwork restored(DenseNetwork network) {
        return basis == null ? network
                : network.with(network.hidden(), network.weights(network.hidden()).times(basis.transposed()));
    }

    /** An objective a number, of a mean loss a sample in these directions. */
    double objective(double loss) {
        return (loss + rest) / outputs;
    }
}
