package org.reluctor.learn.unrectified;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.reluctor.learn.algebra.Samples;

/**
 * The unknowns of one hidden layer for the samples of one shard, all [count, width], and the closed-form updates of
 * those that are updated element by element. Constraints, with q = W·inputs:
 * c1 = v − q, c2 = a − d·v, c3 = d·v − s, c4 = (1 − d)·v + t.
 *
 * <p>Relaxing d from {0, 1} to [0, 1] is exact: c3 and c4 with s, t ≥ 0 force d = 1 where v &gt; 0 and d = 0 where
 * v &lt; 0, and at v = 0 the activation a is 0 whatever d.
 *
 * @param v  input of the ReLU
 * @param a  its output
 * @param d  activation variable, 0 to 1
 * @param s  slack of d·v ≥ 0
 * @param t  slack of (1 − d)·v ≤ 0
 * @param p1 multiplier of c1 over the penalty, as those that follow
 */
record LayerActivations(Samples v, Samples a, Samples d, Samples s, Samples t, Samples p1, Samples p2, Samples p3,
        Samples p4) {
    /** Below it v says nothing about d. */
    private static final double NO_SIGN = 1e-12;
    private static final int ELEMENTS_A_TASK = 1 << 14;

    /** What is minimised over at once. */
    enum Block { SUMS, GATES, SLACKS }

    /** What is done to some of the elements. */
    private interface Range {
        void run(int first, int end);
    }

    /** All constraints hold: a = s = relu(v), t = relu(−v), d = 1 where v &gt; 0; multipliers 0. */
    static LayerActivations feasible(Samples v) {
        LayerActivations made = zero(v.count(), v.width());
        ranges(v.values().length, (first, end) -> {
            for (int at = first; at < end; at++) {
                double sum = v.values()[at];
                made.v.values()[at] = sum;
                made.a.values()[at] = Math.max(0, sum);
                made.s.values()[at] = Math.max(0, sum);
                made.t.values()[at] = Math.max(0, -sum);
                made.d.values()[at] = sum > 0 ? 1 : 0;
            }
        });
        return made;
    }

    static LayerActivations zero(int count, int width) {
        return new LayerActivations(Samples.zero(count, width), Samples.zero(count, width),
                Samples.zero(count, width), Samples.zero(count, width), Samples.zero(count, width),
                Samples.zero(count, width), Samples.zero(count, width), Samples.zero(count, width),
                Samples.zero(count, width));
    }

    /**
     * The multipliers under which a feasible point is stationary in v, d, s and t, given that of c2, which makes it
     * stationary in a: p1 = p2, p4 = max(0, −p2) where v &gt; 0, and p3 = min(0, p2) where v &lt; 0; all others 0.
     */
    void setMultipliers(Samples adjoint) {
        ranges(v.values().length, (first, end) -> {
            for (int at = first; at < end; at++) {
                double p = adjoint.values()[at];
                boolean on = v.values()[at] > 0;
                p2.values()[at] = p;
                p1.values()[at] = on ? p : 0;
                p3.values()[at] = on ? 0 : Math.min(0, p);
                p4.values()[at] = on ? Math.max(0, -p) : 0;
            }
        });
    }

    /** Multiplies the scaled multipliers, as when the penalty they are over is divided. */
    void scaleMultipliers(double factor) {
        ranges(v.values().length, (first, end) -> {
            for (int at = first; at < end; at++) {
                p1.values()[at] *= factor;
                p2.values()[at] *= factor;
                p3.values()[at] *= factor;
                p4.values()[at] *= factor;
            }
        });
    }

    /** All of them, in the order of the record. */
    List<Samples> parts() {
        return List.of(v, a, d, s, t, p1, p2, p3, p4);
    }

    /** d·v. */
    Samples gated() {
        Samples gated = Samples.zero(v.count(), v.width());
        for (int at = 0; at < gated.values().length; at++) {
            gated.values()[at] = d.values()[at] * v.values()[at];
        }
        return gated;
    }

    /** Minimises over v, then d, then s and t, given W·inputs; independent from element to element. */
    void update(Samples product) {
        update(product, EnumSet.allOf(Block.class));
    }

    /** The same for some of the blocks. */
    void update(Samples product, Set<Block> blocks) {
        boolean sums = blocks.contains(Block.SUMS);
        boolean gates = blocks.contains(Block.GATES);
        boolean slacks = blocks.contains(Block.SLACKS);
        ranges(v.values().length, (first, end) -> {
            for (int at = first; at < end; at++) {
                double sum = sums ? sum(at, product.values()[at]) : v.values()[at];
                double gate = gates ? gate(at, sum) : d.values()[at];
                v.values()[at] = sum;
                d.values()[at] = gate;
                if (slacks) {
                    s.values()[at] = Math.max(0, gate * sum + p3.values()[at]);
                    t.values()[at] = Math.max(0, -(1 - gate) * sum - p4.values()[at]);
                }
            }
        });
    }

    /** The v that minimises four squares. */
    private double sum(int at, double q) {
        double on = d.values()[at];
        double off = 1 - on;
        double pull = q - p1.values()[at] + on * (a.values()[at] + p2.values()[at])
                + on * (s.values()[at] - p3.values()[at]) - off * (t.values()[at] + p4.values()[at]);
        return pull / (1 + 2 * on * on + off * off);
    }

    /** The d in [0, 1] that minimises three squares; it stays where v says nothing about it. */
    private double gate(int at, double sum) {
        if (Math.abs(sum) < NO_SIGN) {
            return d.values()[at];
        }
        double wanted = a.values()[at] + p2.values()[at] + s.values()[at] - p3.values()[at] + sum + t.values()[at]
                + p4.values()[at];
        return Math.max(0, Math.min(1, wanted / (3 * sum)));
    }

    /** The first-order step of the multipliers: p += c. */
    void updateMultipliers(Samples product) {
        ranges(v.values().length, (first, end) -> {
            for (int at = first; at < end; at++) {
                p1.values()[at] += v.values()[at] - product.values()[at];
                p2.values()[at] += c2(at);
                p3.values()[at] += c3(at);
                p4.values()[at] += c4(at);
            }
        });
    }

    double c2(int index) {
        return a.values()[index] - d.values()[index] * v.values()[index];
    }

    double c3(int index) {
        return d.values()[index] * v.values()[index] - s.values()[index];
    }

    double c4(int index) {
        return (1 - d.values()[index]) * v.values()[index] + t.values()[index];
    }

    /** Elements are independent of one another: how they are dealt out to threads changes nothing. */
    private static void ranges(int count, Range work) {
        int tasks = (count + ELEMENTS_A_TASK - 1) / ELEMENTS_A_TASK;
        IntStream.range(0, tasks).parallel().forEach(task ->
                work.run(task * ELEMENTS_A_TASK, Math.min(count, (task + 1) * ELEMENTS_A_TASK)));
    }
}
