package org.reluctor.certify.bound;

import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.reluctor.certify.envelope.Univariate;
import org.reluctor.certify.graph.ActivationLayer;
import org.reluctor.certify.graph.AffineLayer;
import org.reluctor.certify.graph.LayerGraph;
import org.reluctor.certify.interval.Box;
import org.reluctor.certify.interval.Outward;

/**
 * How much a layer changes with an earlier one, at most, in exact arithmetic. Every activation's slope is a middle one
 * and a deviation of at most half of the slopes' interval. The middles make a linear function, whose sums cancel
 * before any absolute value is taken: carried back from a row, λ reaches each activation k, and as b the earlier layer;
 * then the row's gain is at most |b| + Σₖ Σᵢ |λₖᵢ|·hₖᵢ·gₖᵢ with the half h and the gain g of what the activation
 * takes, known before. With boxes the slopes are those of the declared set only, which holds for two points of it: with
 * them the segment between lies in it, because the set is convex.
 *
 * <p>What float64 rounds is bounded as in {@link BackwardPass}, with crude gains in the boxes' place.
 */
public final class GainBound {
    /** Of one row of a layer's matrices times its rows; larger networks are bounded by their rows' norms alone. */
    private static final long MOST_ELEMENTS = 1 << 21;

    private final LayerGraph graph;
    private final int from;
    private final double[][] middles;
    private final double[][] halves;
    /** At least the gain of each element, by absolute values alone. */
    private final double[][] crude;
    /** At least Σ |A|·crude of affine layers. */
    private final double[][] sums;
    private final double[][] gainsLinf;
    private final double[][] gainsL2;
    /** The whole layer's, by operator norms; by its rows' norms where its matrices would be large. */
    private final double[] spectral;

    private GainBound(LayerGraph graph, int from, LayerBounds bounds) {
        this.graph = graph;
        this.from = from;
        middles = new double[graph.size()][];
        halves = new double[graph.size()][];
        crude = new double[graph.size()][];
        sums = new double[graph.size()][];
        gainsLinf = new double[graph.size()][];
        gainsL2 = new double[graph.size()][];
        spectral = new double[graph.size()];
        for (int at = 0; at < graph.size(); at++) {
            crude[at] = new double[graph.layer(at).size()];
            if (at == from) {
                Arrays.fill(crude[at], 1);
            } else if (at > from && graph.layer(at) instanceof AffineLayer affine) {
                crudeOf(at, affine);
            } else if (at > from) {
                slopes(at, (ActivationLayer) graph.layer(at), bounds);
            }
        }
    }

    /** The gain from one layer to a later one, for the inputs that the boxes are of. */
    public static Gain local(LayerBounds bounds, int from, int to) {
        return new GainBound(bounds.graph(), from, bounds).gain(to);
    }

    /** The gain from one layer to a later one, for all inputs. */
    public static Gain global(LayerGraph graph, int from, int to) {
        return new GainBound(graph, from, null).gain(to);
    }

    private void crudeOf(int at, AffineLayer layer) {
        double[] zero = new double[layer.size()];
        AffineLayer linear = new AffineLayer(layer.terms(), zero, layer.rounding());
        double share = 1 + layer.rounding().coefficientError() * (1 + 0x1p-40);
        sums[at] = Arrays.stream(linear.magnitudes(crude)).map(sum -> Outward.sumUp(sum, layer.longestRow()))
                .toArray();
        crude[at] = Arrays.stream(sums[at]).map(sum -> Outward.mulUp(sum, Math.nextUp(share))).toArray();
    }

    private void slopes(int at, ActivationLayer layer, LayerBounds bounds) {
        int size = layer.size();
        middles[at] = new double[size];
        halves[at] = new double[size];
        Box box = bounds == null ? null : bounds.box(layer.source());
        for (int i = 0; i < size; i++) {
            Univariate function = layer.function(i);
            double low = box == null ? Double.NEGATIVE_INFINITY : box.low()[i];
            double high = box == null ? Double.POSITIVE_INFINITY : box.high()[i];
            double least = function.leastSlope(low, high);
            double most = function.mostSlope(low, high);
            middles[at][i] = 0.5 * (least + most);
            halves[at][i] = Math.max(Outward.addUp(most, -middles[at][i]), Outward.addUp(middles[at][i], -least));
            crude[at][i] = Outward.mulUp(Math.max(Math.abs(least), Math.abs(most)), crude[layer.source()][i]);
        }
    }

    private Gain gain(int to) {
        for (int at = from + 1; at < to; at++) {
            if (graph.layer(at) instanceof ActivationLayer activation && gainsLinf[activation.source()] == null) {
                narrow(activation.source());
            }
        }
        narrow(to);
        double linf = Arrays.stream(gainsLinf[to]).max().orElse(0);
        return new Gain(spectral[to], linf);
    }

    /** ‖b‖₂ + Σₖ ‖λₖ·diag(hₖ)‖₂·gₖ, g being the whole layer's gain; or the rows' norms, where that is less. */
    private double spectral(int layer, Row... rows) {
        double[][] norms = Arrays.stream(gainsL2[layer]).mapToObj(norm -> new double[] {norm}).toArray(double[][]::new);
        double byRows = SpectralNorm.frobenius(norms);
        if ((long) rows.length * Arrays.stream(rows[0].deviating).mapToInt(each -> each == null ? 0 : each.length).sum()
                > MOST_ELEMENTS) {
            return byRows;
        }
        double[][] lost = Arrays.stream(rows).map(row -> new double[] {row.lost}).toArray(double[][]::new);
        double sum = Outward.addUp(SpectralNorm.upper(matrix(rows, row -> row.coefficients[from], from)),
                SpectralNorm.frobenius(lost));
        for (int at = from + 1; at < layer; at++) {
            int place = at;
            if (graph.layer(at) instanceof ActivationLayer activation
                    && Arrays.stream(rows).anyMatch(row -> row.deviating[place] != null)) {
                double norm = SpectralNorm.upper(matrix(rows, row -> row.deviating[place], place));
                sum = Outward.addUp(sum, Outward.sumUp(norm * spectral[activation.source()], 8));
            }
        }
        return Math.min(sum, byRows);
    }

    private double[][] matrix(Row[] rows, Function<Row, double[]> part, int layer) {
        return Arrays.stream(rows).map(part)
                .map(row -> row == null ? new double[graph.layer(layer).size()] : row).toArray(double[][]::new);
    }

    /** Gains of a layer's elements, one walk back for each. */
    private void narrow(int layer) {
        int size = graph.layer(layer).size();
        Row[] rows = IntStream.range(0, size).parallel().mapToObj(element -> new Row(layer, element))
                .toArray(Row[]::new);
        gainsLinf[layer] = IntStream.range(0, size)
                .mapToDouble(at -> Math.min(crude[layer][at], rows[at].linf())).toArray();
        gainsL2[layer] = IntStream.range(0, size)
                .mapToDouble(at -> Math.min(crude[layer][at], rows[at].l2())).toArray();
        spectral[layer] = spectral(layer, rows);
    }

    /** One element of a layer, carried back. */
    private final class Row {
        private final double[][] coefficients;
        /** λ·h by activation. */
        private final double[][] deviating;
        private double deviationLinf;
        private double deviationL2;
        private double lost;
        private int terms = 8;

        Row(int layer, int element) {
            coefficients = new double[layer + 1][];
            deviating = new double[layer + 1][];
            coefficients[layer] = new double[graph.layer(layer).size()];
            coefficients[layer][element] = 1;
            for (int at = layer; at > from; at--) {
                double[] lambda = coefficients[at];
                if (lambda != null && graph.layer(at) instanceof AffineLayer affine) {
                    throughAffine(at, affine, lambda);
                } else if (lambda != null) {
                    throughActivation(at, ((ActivationLayer) graph.layer(at)).source(), lambda);
                }
                // Only what the first layer takes is wanted of what was walked through.
                coefficients[at] = null;
            }
            lost = Outward.sumUp(lost, terms);
            deviationLinf = Outward.addUp(Outward.sumUp(deviationLinf, terms), lost);
            deviationL2 = Outward.addUp(Outward.sumUp(deviationL2, terms), lost);
        }

        private void throughAffine(int at, AffineLayer affine, double[] lambda) {
            double gamma = Outward.gamma(Math.max(affine.longestColumn(), lambda.length) + 3L)
                    + affine.rounding().coefficientError();
            for (int i = 0; i < lambda.length; i++) {
                lost += gamma * Math.abs(lambda[i]) * sums[at][i];
            }
            terms += 3 * lambda.length;
            for (AffineLayer.Term term : affine.terms()) {
                term.map().addTransposed(lambda, target(term.source(), gamma));
            }
        }

        private double[] target(int source, double gamma) {
            if (coefficients[source] == null) {
                coefficients[source] = new double[graph.layer(source).size()];
            } else {
                for (int j = 0; j < coefficients[source].length; j++) {
                    lost += gamma * Math.abs(coefficients[source][j]) * crude[source][j];
                }
                terms += 3 * coefficients[source].length;
            }
            return coefficients[source];
        }

        private void throughActivation(int at, int source, double[] lambda) {
            double gamma = Outward.gamma(4);
            double[] target = target(source, gamma);
            deviating[at] = new double[lambda.length];
            for (int i = 0; i < lambda.length; i++) {
                double product = lambda[i] * middles[at][i];
                target[i] += product;
                lost += gamma * Math.abs(product) * crude[source][i];
                deviating[at][i] = lambda[i] * halves[at][i];
                deviationLinf += Math.abs(lambda[i]) * halves[at][i] * gainsLinf[source][i];
                deviationL2 += Math.abs(lambda[i]) * halves[at][i] * gainsL2[source][i];
            }
            terms += 4 * lambda.length;
        }

        private double linf() {
            double[] row = coefficients[from];
            double sum = row == null ? 0 : Arrays.stream(row).map(Math::abs).sum();
            return Outward.addUp(Outward.sumUp(sum, row == null ? 0 : 2 * row.length), deviationLinf);
        }

        private double l2() {
            double[] row = coefficients[from];
            return Outward.addUp(row == null ? 0 : SpectralNorm.frobenius(new double[][] {row}), deviationL2);
        }
    }
}
