package org.reluctor.learn.unrectified;

import java.util.stream.IntStream;
import org.reluctor.learn.algebra.Samples;

/** Sums over shards of what an outer iteration reports. Not safe between threads. */
final class Residuals {
    /** v, s and t within it of zero count as zero. */
    private static final double NEARLY_ZERO = 1e-9;

    private static final int ELEMENTS_A_TASK = 1 << 14;

    private final double[] squares = new double[4];
    private double projected;
    private double largest;
    private long units;
    private long biactive;
    private double relaxed;
    private double forward;

    /** Adds a layer of a shard: partial sums over ranges of a fixed size, added in their order. */
    void add(LayerActivations state, Samples product, Samples gradient, double penalty) {
        int count = state.v().values().length;
        int tasks = (count + ELEMENTS_A_TASK - 1) / ELEMENTS_A_TASK;
        IntStream.range(0, tasks).parallel().mapToObj(task -> {
            Residuals part = new Residuals();
            int end = Math.min(count, (task + 1) * ELEMENTS_A_TASK);
            for (int at = task * ELEMENTS_A_TASK; at < end; at++) {
                part.addElement(state, at, state.v().values()[at] - product.values()[at], gradient.values()[at]);
                double multiplier = Math.max(Math.abs(state.p1().values()[at]), Math.abs(state.p2().values()[at]));
                part.largest = Math.max(part.largest, penalty * multiplier);
            }
            return part;
        }).toList().forEach(this::add);
        units += count;
    }

    /** Adds a layer of a shard that is on the constraints and stationary. */
    void addFeasible(LayerActivations state, double penalty) {
        int count = state.v().values().length;
        double most = IntStream.range(0, count).parallel().mapToDouble(at ->
                Math.max(Math.abs(state.p1().values()[at]), Math.abs(state.p2().values()[at]))).max().orElse(0);
        largest = Math.max(largest, penalty * most);
        units += count;
    }

    private void add(Residuals part) {
        for (int at = 0; at < squares.length; at++) {
            squares[at] += part.squares[at];
        }
        projected += part.projected;
        largest = Math.max(largest, part.largest);
        biactive += part.biactive;
    }

    private void addElement(LayerActivations state, int at, double c1, double gradientA) {
        final double c2 = state.c2(at);
        final double c3 = state.c3(at);
        final double c4 = state.c4(at);
        squares[0] += c1 * c1;
        squares[1] += c2 * c2;
        squares[2] += c3 * c3;
        squares[3] += c4 * c4;
        double v = state.v().values()[at];
        double d = state.d().values()[at];
        double s = state.s().values()[at];
        double t = state.t().values()[at];
        double q2 = c2 + state.p2().values()[at];
        double q3 = c3 + state.p3().values()[at];
        double q4 = c4 + state.p4().values()[at];
        double gradientV = c1 + state.p1().values()[at] - d * q2 + d * q3 + (1 - d) * q4;
        double stepD = d - Math.max(0, Math.min(1, d - v * (q3 - q2 - q4)));
        double stepS = s - Math.max(0, s + q3);
        double stepT = t - Math.max(0, t - q4);
        projected += gradientA * gradientA + gradientV * gradientV + stepD * stepD + stepS * stepS + stepT * stepT;
        if (Math.abs(v) + s + t < NEARLY_ZERO && d > 0 && d < 1) {
            biactive++;
        }
    }

    void addRelaxed(double loss) {
        relaxed += loss;
    }

    void addForward(double loss) {
        forward += loss;
    }

    double relaxedLoss() {
        return relaxed;
    }

    double forwardLoss() {
        return forward;
    }

    /** Root mean square of c1 … c4. */
    double[] constraints() {
        double[] result = new double[4];
        for (int at = 0; at < 4; at++) {
            result[at] = Math.sqrt(squares[at] / units);
        }
        return result;
    }

    /** Root mean square over all constraints. */
    double constraint() {
        return Math.sqrt((squares[0] + squares[1] + squares[2] + squares[3]) / (4.0 * units));
    }

    /** Root mean square of the projected gradient over all of a, v, d, s, t. */
    double projectedGradient() {
        return Math.sqrt(projected / (5.0 * units));
    }

    double largestMultiplier() {
        return largest;
    }

    double biactiveShare() {
        return (double) biactive / units;
    }
}
