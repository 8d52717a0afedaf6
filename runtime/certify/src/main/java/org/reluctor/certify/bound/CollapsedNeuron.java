package org.reluctor.certify.bound;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.reluctor.certify.envelope.AffineNeuron;
import org.reluctor.certify.envelope.Hyperplane;
import org.reluctor.certify.envelope.Separation;
import org.reluctor.certify.envelope.SoundIntercept;
import org.reluctor.certify.envelope.Univariate;
import org.reluctor.certify.interval.Box;
import org.reluctor.certify.interval.Outward;

/**
 * A neuron's pre-activation by earlier activations and the input, with the affine layers between multiplied out, so
 * that cuts see how what skips ahead and what does not depend on each other. Elements without influence are left out.
 * What the multiplication rounded, and what float32 execution may be off, is one more coordinate of weight 1 between
 * -error and error.
 */
final class CollapsedNeuron {
    /** Beyond so many earlier activations, a cut that is made in passing is by what directly precedes its neuron. */
    static final int MOST_COLLAPSED = 4096;

    private final int[] layers;
    private final int[][] places;
    private final double[][] coefficients;
    private final double constant;
    private final double error;
    private final AffineNeuron joined;

    private CollapsedNeuron(ReceptiveField field, double[] objective, boolean deep) {
        BackwardPass pass = new BackwardPass(field.bounds());
        pass.collapse(field.layer(), objective, deep);
        int[] used = IntStream.range(0, field.layer()).filter(at -> pass.coefficients(at) != null).toArray();
        int[][] inside = Arrays.stream(used).mapToObj(at -> nonZero(pass.coefficients(at))).toArray(int[][]::new);
        coefficients = new double[used.length][];
        places = new int[used.length][];
        for (int part = 0; part < used.length; part++) {
            coefficients[part] = new double[inside[part].length];
            places[part] = new int[inside[part].length];
            for (int j = 0; j < inside[part].length; j++) {
                coefficients[part][j] = pass.coefficients(used[part])[inside[part][j]];
                places[part][j] = field.placeInWhole(used[part], inside[part][j]);
            }
        }
        layers = Arrays.stream(used).map(field::layerInWhole).toArray();
        constant = pass.constant();
        error = Outward.addUp(pass.totalError(), pass.constantSlack());
        joined = joined(field.bounds(), used, inside);
    }

    /** Element {@code neuron} of an affine layer, by activations and the input alone. */
    static CollapsedNeuron of(LayerBounds bounds, int layer, int neuron) {
        return of(bounds, layer, neuron, Integer.MAX_VALUE);
    }

    /**
     * The same; beyond so many earlier activations it is told by what directly precedes it, affine layers included.
     */
    static CollapsedNeuron of(LayerBounds bounds, int layer, int neuron, int most) {
        ReceptiveField field = ReceptiveField.of(bounds, layer, neuron);
        return new CollapsedNeuron(field, field.times(1), field.activations() <= most);
    }

    /** A linear function of an affine layer. */
    static CollapsedNeuron of(LayerBounds bounds, int layer, double[] objective) {
        return new CollapsedNeuron(ReceptiveField.whole(bounds, layer, 0), objective, true);
    }

    private static int[] nonZero(double... values) {
        int[] places = new int[values.length];
        int count = 0;
        for (int at = 0; at < values.length; at++) {
            if (values[at] != 0) {
                places[count++] = at;
            }
        }
        return Arrays.copyOf(places, count);
    }

    /** Elements that count, and the error. */
    int size() {
        return joined.size();
    }

    int[] layers() {
        return layers;
    }

    /** Elements of one of {@link #layers}, by its place there. */
    int[] places(int part) {
        return places[part];
    }

    /** Their coefficients. */
    double[] coefficients(int part) {
        return coefficients[part];
    }

    double constant() {
        return constant;
    }

    /** At least |z - Σ coefficients·u - constant|. */
    double error() {
        return error;
    }

    /** As one neuron over all layers' elements one behind the other, and the error's coordinate last. */
    private AffineNeuron joined(LayerBounds bounds, int[] used, int[]... inside) {
        int size = 1 + Arrays.stream(inside).mapToInt(part -> part.length).sum();
        double[] weights = new double[size];
        double[] low = new double[size];
        double[] high = new double[size];
        int at = 0;
        for (int part = 0; part < used.length; part++) {
            Box box = bounds.box(used[part]);
            for (int j = 0; j < inside[part].length; j++, at++) {
                weights[at] = coefficients[part][j];
                low[at] = box.low()[inside[part][j]];
                high[at] = box.high()[inside[part][j]];
            }
        }
        weights[at] = 1;
        low[at] = -error;
        high[at] = error;
        return new AffineNeuron(weights, constant, new Box(low, high));
    }

    /** The function's cut that is tight at a point given by layers; the point is brought into the boxes first. */
    GraphCut cut(Univariate function, boolean above, double[][] values) {
        double[] point = new double[joined.size()];
        int at = 0;
        for (int part = 0; part < layers.length; part++) {
            for (int place : places[part]) {
                point[at++] = values[layers[part]][place];
            }
        }
        for (int i = 0; i < point.length; i++) {
            point[i] = Math.min(Math.max(point[i], joined.box().low()[i]), joined.box().high()[i]);
        }
        Separation separation = new Separation(function, joined);
        Hyperplane plane = (above ? separation.above(point) : separation.below(point)).plane();
        return bound(plane.coefficients(), plane.intercept(), above ? 1 : -1);
    }

    /** slope·z + intercept, which lies above the activation, as a bound by the neuron's inputs. */
    GraphCut lineAbove(double slope, double intercept) {
        double[] alpha = scaled(joined.weights(), slope);
        return bound(alpha, Outward.addUp(intercept, SoundIntercept.linear(slope, joined, alpha)), 1);
    }

    /** slope·z + intercept, which lies below it; the bound is from below. */
    GraphCut lineBelow(double slope, double intercept) {
        double[] alpha = scaled(joined.weights(), slope);
        double rest = SoundIntercept.linear(-slope, joined, scaled(alpha, -1));
        return bound(alpha, Outward.addDown(intercept, -rest), -1);
    }

    private static double[] scaled(double[] values, double factor) {
        return Arrays.stream(values).map(value -> factor * value).toArray();
    }

    /** The error's coordinate takes its worst value. */
    private GraphCut bound(double[] alpha, double intercept, double sign) {
        double worst = Outward.mulUp(Math.abs(alpha[alpha.length - 1]), error);
        double[][] parts = new double[layers.length][];
        int at = 0;
        for (int part = 0; part < layers.length; part++) {
            parts[part] = Arrays.copyOfRange(alpha, at, at + coefficients[part].length);
            at += parts[part].length;
        }
        return new GraphCut(layers, places, parts, sign > 0 ? Outward.addUp(intercept, worst)
                : Outward.addDown(intercept, -worst));
    }
}
