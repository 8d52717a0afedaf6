package org.reluctor.learn.convex;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.algebra.Samples;

/**
 * Distinct activation patterns D_i = diag(1[x·g_i &gt; 0]) of the given inputs, and the gate vectors g_i that make
 * them. No pattern is all zero. A gate that is to stand in a network file has elements of float32. Immutable.
 */
public final class ActivationPatterns {
    private final int inputWidth;
    private final List<double[]> gates;
    private final List<BitSet> patterns;
    private final List<int[]> active;

    private ActivationPatterns(int inputWidth, List<double[]> gates, List<BitSet> patterns) {
        this.inputWidth = inputWidth;
        this.gates = gates;
        this.patterns = patterns;
        active = patterns.stream().map(pattern -> pattern.stream().toArray()).toList();
    }

    /**
     * The distinct patterns of some gates, in the gates' order; of equal patterns the first gate stays.
     *
     * @param inputs [count, d]
     * @param gates  vectors of d
     * @throws IllegalArgumentException if no gate opens for any input
     */
    public static ActivationPatterns of(Samples inputs, List<double[]> gates) {
        ActivationPatterns none = new ActivationPatterns(inputs.width(), List.of(), List.of());
        ActivationPatterns found = none.with(inputs, gates);
        if (found.count() == 0) {
            throw new IllegalArgumentException("none of " + gates.size() + " gates opens for any of " + inputs.count()
                    + " inputs; at least one pattern must not be all zero");
        }
        return found;
    }

    /** These and those of further gates that are new and not all zero, appended. */
    public ActivationPatterns with(Samples inputs, List<double[]> further) {
        List<BitSet> candidates = further.stream().parallel().map(gate -> pattern(inputs, gate)).toList();
        Set<BitSet> known = new HashSet<>(patterns);
        List<double[]> allGates = new ArrayList<>(gates);
        List<BitSet> allPatterns = new ArrayList<>(patterns);
        for (int at = 0; at < candidates.size(); at++) {
            if (!candidates.get(at).isEmpty() && known.add(candidates.get(at))) {
                allGates.add(further.get(at));
                allPatterns.add(candidates.get(at));
            }
        }
        return new ActivationPatterns(inputWidth, allGates, allPatterns);
    }

    /** Those at the given places, in that order. */
    public ActivationPatterns select(int... places) {
        return new ActivationPatterns(inputWidth, IntStream.of(places).mapToObj(gates::get).toList(),
                IntStream.of(places).mapToObj(patterns::get).toList());
    }

    /** The inputs for which x·g &gt; 0. */
    static BitSet pattern(Samples inputs, double[] gate) {
        BitSet open = new BitSet(inputs.count());
        for (int sample = 0; sample < inputs.count(); sample++) {
            double sum = 0;
            for (int at = 0; at < gate.length; at++) {
                sum += inputs.values()[sample * gate.length + at] * gate[at];
            }
            open.set(sample, sum > 0);
        }
        return open;
    }

    /** Number of patterns P. */
    public int count() {
        return patterns.size();
    }

    /** Whether that pattern is among them. */
    boolean contains(BitSet pattern) {
        return patterns.contains(pattern);
    }

    /** The gate vector of a pattern, shared. */
    double[] gate(int pattern) {
        return gates.get(pattern);
    }

    /** The gates as columns, [d, P]. */
    public Matrix gates() {
        Matrix matrix = Matrix.zero(inputWidth, count());
        for (int at = 0; at < matrix.values().length; at++) {
            matrix.values()[at] = gates.get(at % count())[at / count()];
        }
        return matrix;
    }

    /** The samples for which a pattern is 1, ascending, shared. */
    int[] active(int pattern) {
        return active.get(pattern);
    }

    /** Whether a sample is active in a pattern. */
    boolean isActive(int pattern, int sample) {
        return patterns.get(pattern).get(sample);
    }

    /** The samples that are active in both patterns, ascending. */
    int[] activeInBoth(int one, int other) {
        BitSet both = (BitSet) patterns.get(one).clone();
        both.and(patterns.get(other));
        return both.stream().toArray();
    }

    /** Some of the vectors, in that order, as a copy. */
    static Samples gather(Samples from, int[] places) {
        Samples part = Samples.zero(places.length, from.width());
        for (int at = 0; at < places.length; at++) {
            System.arraycopy(from.values(), places[at] * from.width(), part.values(), at * from.width(), from.width());
        }
        return part;
    }
}
