package org.reluctor.learn.unrectified;

import org.reluctor.learn.algebra.HostProducts;
import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.algebra.NormalDraws;
import org.reluctor.learn.algebra.Samples;

/** Problems small enough for tests, all from a seed. */
final class SmallProblems {
    private SmallProblems() {
    }

    static Samples gaussian(int count, int width, long seed) {
        NormalDraws draws = new NormalDraws(seed);
        Samples samples = Samples.zero(count, width);
        for (int at = 0; at < samples.values().length; at++) {
            samples.values()[at] = draws.next();
        }
        return samples;
    }

    /** A network with no layer zero. */
    static DenseNetwork network(boolean unrolled, long seed, int... widths) {
        DenseNetwork network = DenseNetwork.random(unrolled, seed, widths);
        int last = network.hidden();
        Matrix weights = network.weights(last);
        return network.with(last, Matrix.of(weights.rows(), weights.columns(),
                gaussian(weights.rows(), weights.columns(), seed + 1).values()));
    }

    /** What another network of half the width makes of the measurements, so that there is something to learn. */
    static Shard shard(int count, int measurements, int outputs, long seed) {
        Samples y = gaussian(count, measurements, seed);
        DenseNetwork teacher = network(false, seed + 1, measurements, 2 * measurements, outputs);
        return new Shard(y, teacher.apply(new HostProducts(), y));
    }

    /** A state whose every number is off the constraints. */
    static LayerActivations anywhere(int count, int width, long seed) {
        LayerActivations state = LayerActivations.zero(count, width);
        Samples[] all = {state.v(), state.a(), state.d(), state.s(), state.t(), state.p1(), state.p2(), state.p3(),
            state.p4()};
        for (int at = 0; at < all.length; at++) {
            double[] draws = gaussian(count, width, seed + at).values();
            for (int i = 0; i < draws.length; i++) {
                boolean slack = all[at] == state.s() || all[at] == state.t();
                boolean gate = all[at] == state.d();
                all[at].values()[i] = gate ? 1 / (1 + Math.exp(-draws[i])) : slack ? Math.abs(draws[i]) : draws[i];
            }
        }
        return state;
    }
}
