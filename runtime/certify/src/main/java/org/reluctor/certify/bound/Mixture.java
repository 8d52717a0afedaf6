package org.reluctor.certify.bound;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Cuts beside the line of a neuron, each with its share of the neuron's coefficient; the line has the rest. Whatever
 * the shares are, 0 or more and 1 at most together, the mean is a bound as its parts are: they are the multipliers that
 * a linear program would give to its rows (as in Zhang et al., "General cutting planes for bound-propagation-based
 * neural network verification", NeurIPS 2022). Not safe between threads once it is changed.
 */
final class Mixture {
    private final List<GraphCut> cuts;
    private double[] shares;

    Mixture() {
        this(new ArrayList<>(), new double[0]);
    }

    private Mixture(List<GraphCut> cuts, double[] shares) {
        this.cuts = cuts;
        this.shares = shares;
    }

    /** The same with shares that are its own. */
    Mixture copy() {
        return new Mixture(new ArrayList<>(cuts), shares.clone());
    }

    /** The cuts that have a share alone. */
    Mixture used() {
        int[] used = IntStream.range(0, shares.length).filter(at -> shares[at] > 0).toArray();
        return new Mixture(new ArrayList<>(Arrays.stream(used).mapToObj(cuts::get).toList()),
                Arrays.stream(used).mapToDouble(at -> shares[at]).toArray());
    }

    /** One more cut, without a share yet. */
    void add(GraphCut cut) {
        cuts.add(cut);
        shares = Arrays.copyOf(shares, cuts.size());
    }

    int size() {
        return cuts.size();
    }

    GraphCut cut(int at) {
        return cuts.get(at);
    }

    double share(int at) {
        return shares[at];
    }

    /** Moves shares, and brings them back to where they are allowed. */
    void move(double... ahead) {
        double sum = 0;
        for (int at = 0; at < shares.length; at++) {
            shares[at] = Math.max(0, shares[at] + ahead[at]);
            sum += shares[at];
        }
        for (int at = 0; at < shares.length && sum > 1; at++) {
            shares[at] /= sum;
        }
    }

    /** The mean's value, rounded, at a point given by layers where the line has that value. */
    double at(double[][] values, double line) {
        double result = line;
        for (int at = 0; at < shares.length; at++) {
            result += shares[at] == 0 ? 0 : shares[at] * (cuts.get(at).at(values) - line);
        }
        return result;
    }
}
