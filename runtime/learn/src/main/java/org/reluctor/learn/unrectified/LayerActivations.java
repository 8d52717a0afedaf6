package org.reluctor.learn.unrectified;

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

    /** What is done to one element. */
    private interface Update {
        double at(int index);
    }

    /** All constraints hold: a = s = relu(v), t = relu(−v), d = 1 where v &gt; 0; multipliers 0. */
    static LayerActivations feasible(Samples v) {
        LayerActivations made = zero(v.count(), v.width());
        System.arraycopy(v.values(), 0, made.v.values(), 0, v.values().length);
        each(made.a, index -> Math.max(0, v.values()[index]));
        each(made.s, index -> Math.max(0, v.values()[index]));
        each(made.t, index -> Math.max(0, -v.values()[index]));
        each(made.d, index -> v.values()[index] > 0 ? 1 : 0);
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
        double[] p = adjoint.values();
        each(p2, index -> p[index]);
        each(p1, index -> v.values()[index] > 0 ? p[index] : 0);
        each(p3, index -> v.values()[index] > 0 ? 0 : Math.min(0, p[index]));
        each(p4, index -> v.values()[index] > 0 ? Math.max(0, -p[index]) : 0);
    }

    /** Multiplies the scaled multipliers, as when the penalty they are over is divided. */
    void scaleMultipliers(double factor) {
        for (Samples p : new Samples[] {p1, p2, p3, p4}) {
            each(p, index -> p.values()[index] * factor);
        }
    }

    /** d·v. */
    Samples gated() {
        Samples gated = Samples.zero(v.count(), v.width());
        each(gated, index -> d.values()[index] * v.values()[index]);
        return gated;
    }

    /** Minimises over v: four squares of one unknown. */
    void updateSums(Samples product) {
        double[] q = product.values();
        each(v, index -> {
            double on = d.values()[index];
            double off = 1 - on;
            double pull = q[index] - p1.values()[index] + on * (a.values()[index] + p2.values()[index])
                    + on * (s.values()[index] - p3.values()[index]) - off * (t.values()[index] + p4.values()[index]);
            return pull / (1 + 2 * on * on + off * off);
        });
    }

    /** Minimises over d in [0, 1]; stays where v says nothing about it. */
    void updateGates() {
        each(d, index -> {
            double sum = v.values()[index];
            if (Math.abs(sum) < NO_SIGN) {
                return d.values()[index];
            }
            double wanted = a.values()[index] + p2.values()[index] + s.values()[index] - p3.values()[index]
                    + sum + t.values()[index] + p4.values()[index];
            return Math.max(0, Math.min(1, wanted / (3 * sum)));
        });
    }

    /** Minimises over s ≥ 0 and t ≥ 0. */
    void updateSlacks() {
        each(s, index -> Math.max(0, d.values()[index] * v.values()[index] + p3.values()[index]));
        each(t, index -> Math.max(0, -(1 - d.values()[index]) * v.values()[index] - p4.values()[index]));
    }

    /** The first-order step of the multipliers: p += c. */
    void updateMultipliers(Samples product) {
        double[] q = product.values();
        each(p1, index -> p1.values()[index] + v.values()[index] - q[index]);
        each(p2, index -> p2.values()[index] + c2(index));
        each(p3, index -> p3.values()[index] + c3(index));
        each(p4, index -> p4.values()[index] + c4(index));
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

    private static void each(Samples target, Update update) {
        double[] values = target.values();
        IntStream.range(0, (values.length + ELEMENTS_A_TASK - 1) / ELEMENTS_A_TASK).parallel().forEach(task -> {
            int end = Math.min(values.length, (task + 1) * ELEMENTS_A_TASK);
            for (int index = task * ELEMENTS_A_TASK; index < end; index++) {
                values[index] = update.at(index);
            }
        });
    }
}
