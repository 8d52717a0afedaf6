package org.reluctor.app.certificate;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.stream.codec.Signal;

/**
 * What was proven of a network for the signals and the noise that its certificate states: an interval for every
 * sample, one for every element of y − Φx̃, and one for those of y − Φx̂. A frame outside proves that an assumption is
 * broken, be it the signal, the noise, the matrix or the hardware; inside, nothing is proven. Allocates nothing; the
 * arrays are shared: nobody writes them.
 *
 * @param range       of the n samples, in the signal's unit; empty where the certificate has none
 * @param residual    of the m elements of y − Φx̃, in the unit of Φx; empty where the certificate has none
 * @param consistency of those of y − Φx̂, of the signal itself; empty where the certificate has none
 * @param probes      frames whose answers are known; may be none
 */
public record CertifiedLimits(Optional<Intervals> range, Optional<Intervals> residual,
        Optional<Intervals> consistency, List<Probe> probes) {
    /**
     * A frame and what the network can make of it in float32, whatever signals and noise are like.
     *
     * @param y        m measurements, in the unit of Φx
     * @param interval of the n samples, in the signal's unit
     */
    public record Probe(float[] y, Intervals interval) {
    }

    /**
     * Intervals of a vector's elements.
     *
     * @param low  least of each
     * @param high most of each
     */
    public record Intervals(double[] low, double[] high) {
        /** Whether each element of a part of an array lies in its interval, after it was multiplied. */
        boolean contain(float[] values, int from, double factor) {
            return firstOutside(values, from, factor) < 0;
        }

        /** The first element of a part of an array that lies outside; -1 where none does. */
        public int firstOutside(float[] values, int from) {
            return firstOutside(values, from, 1);
        }

        private int firstOutside(float[] values, int from, double factor) {
            for (int at = 0; at < low.length; at++) {
                double value = factor * values[from + at];
                // Written so that not-a-number lies outside.
                if (!(value >= low[at] && value <= high[at])) {
                    return at;
                }
            }
            return -1;
        }

        /** Whether each element of a − b lies in its interval. */
        boolean containDifference(float[] a, int from, float[] b) {
            for (int at = 0; at < low.length; at++) {
                double value = (double) a[from + at] - b[at];
                if (!(value >= low[at] && value <= high[at])) {
                    return false;
                }
            }
            return true;
        }

        /** The least of all. */
        public double least() {
            double least = low[0];
            for (double value : low) {
                least = Math.min(least, value);
            }
            return least;
        }

        /** The largest of all. */
        public double most() {
            double most = high[0];
            for (double value : high) {
                most = Math.max(most, value);
            }
            return most;
        }

        /** The largest Euclidean norm of a vector within, about. */
        public double norm() {
            double sum = 0;
            for (int at = 0; at < low.length; at++) {
                double most = Math.max(Math.abs(low[at]), Math.abs(high[at]));
                sum += most * most;
            }
            return Math.sqrt(sum);
        }
    }

    /** {@link Signal#FLAG_RANGE} where a sample of the signal, in its unit, lies outside. */
    public int rangeFlag(float[] x, int from) {
        return range.isEmpty() || range.get().contain(x, from, 1) ? 0 : Signal.FLAG_RANGE;
    }

    /**
     * {@link Signal#FLAG_RESIDUAL} where an element of y − Φx̃ lies outside.
     *
     * @param rest  y − Φx̃ in the network's unit
     * @param scale what the network's unit is in that of Φx
     */
    public int residualFlag(float[] rest, int from, double scale) {
        return residual.isEmpty() || residual.get().contain(rest, from, scale) ? 0 : Signal.FLAG_RESIDUAL;
    }

    /**
     * {@link Signal#FLAG_RESIDUAL} where an element of y − Φx̂ lies outside. It is computed here and not on the device,
     * so that nothing the device may have lost decides on it.
     *
     * @param x         signals in their unit; the frame's begins at {@code xFrom}
     * @param y         measurements in the unit of Φx; the frame's begin at {@code yFrom}
     * @param explained of m elements, receives Φx̂
     */
    public int consistencyFlag(MeasurementMatrix phi, float[] x, int xFrom, float[] y, int yFrom,
            float[] explained) {
        if (consistency.isEmpty()) {
            return 0;
        }
        phi.measure(x, xFrom, explained, 0);
        return consistency.get().containDifference(y, yFrom, explained) ? 0 : Signal.FLAG_RESIDUAL;
    }

    /** For people: what is watched. */
    public String describe() {
        String samples = range.map(box -> String.format(Locale.ROOT, "samples from %.4g to %.4g", box.least(),
                box.most())).orElse("no range");
        String rest = residual.map(box -> String.format(Locale.ROOT, ", a residual of at most %.4g", box.norm()))
                .orElse(", no residual");
        return samples + rest + consistency.map(box -> String.format(Locale.ROOT, ", of the signal itself %.4g",
                box.norm())).orElse("") + (probes.isEmpty() ? "" : ", " + probes.size() + " probes");
    }
}
