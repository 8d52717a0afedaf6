package org.reluctor.certify.bound;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.reluctor.certify.envelope.AffineNeuron;
import org.reluctor.certify.envelope.Hyperplane;
import org.reluctor.certify.envelope.Separation;
import org.reluctor.certify.envelope.SoundIntercept;
import org.reluctor.certify.envelope.Univariate;
import org.reluctor.certify.interval.Box;
import org.reluctor.certify.interval.Outward;

/**
 * A neuron's pre-activation by all earlier activations and the input, with the affine layers between multiplied out, so
 * that cuts see how what skips ahead and what does not depend on each other. What the multiplication rounded, and what
 * float32 execution may be off, is one more coordinate of weight 1 between -error and error.
 */
final class CollapsedNeuron {
    private final LayerBounds bounds;
    private final int[] layers;
    private final double[][] coefficients;
    private final double constant;
    private final double error;

    private CollapsedNeuron(LayerBounds bounds, int[] layers, double[][] coefficients, double constant, double error) {
        this.bounds = bounds;
        this.layers = layers;
        this.coefficients = coefficients;
        this.constant = constant;
        this.error = error;
    }

    /** Element {@code neuron} of an affine layer. */
    static CollapsedNeuron of(LayerBounds bounds, int layer, int neuron) {
        double[] unit = new double[bounds.graph().layer(layer).size()];
        unit[neuron] = 1;
        return of(bounds, layer, unit);
    }

    /** Element {@code neuron} of an affine layer, by what that layer is computed from: affine layers among it stay. */
    static CollapsedNeuron shallow(LayerBounds bounds, int layer, int neuron) {
        double[] unit = new double[bounds.graph().layer(layer).size()];
        unit[neuron] = 1;
        return of(bounds, layer, unit, false);
    }

    /** A linear function of an affine layer. */
    static CollapsedNeuron of(LayerBounds bounds, int layer, double[] objective) {
        return of(bounds, layer, objective, true);
    }

    private static CollapsedNeuron of(LayerBounds bounds, int layer, double[] objective, boolean deep) {
        BackwardPass pass = new BackwardPass(bounds);
        pass.collapse(layer, objective, deep);
        List<Integer> used = new ArrayList<>();
        for (int at = 0; at < layer; at++) {
            if (pass.coefficients(at) != null) {
                used.add(at);
            }
        }
        int[] layers = used.stream().mapToInt(Integer::intValue).toArray();
        double[][] coefficients = used.stream().map(pass::coefficients).toArray(double[][]::new);
        double error = Outward.addUp(pass.totalError(), pass.constantSlack());
        return new CollapsedNeuron(bounds, layers, coefficients, pass.constant(), error);
    }

    int[] layers() {
        return layers;
    }

    /** Coefficients of one of {@link #layers}, by its place there. */
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
    AffineNeuron joined() {
        int size = 1;
        for (double[] part : coefficients) {
            size += part.length;
        }
        double[] weights = new double[size];
        double[] low = new double[size];
        double[] high = new double[size];
        int at = 0;
        for (int part = 0; part < layers.length; part++) {
            Box box = bounds.box(layers[part]);
            System.arraycopy(coefficients[part], 0, weights, at, coefficients[part].length);
            System.arraycopy(box.low(), 0, low, at, box.size());
            System.arraycopy(box.high(), 0, high, at, box.size());
            at += box.size();
        }
        weights[at] = 1;
        low[at] = -error;
        high[at] = error;
        return new AffineNeuron(weights, constant, new Box(low, high));
    }

    /** The function's cut that is tight at a point given by layers; the point is brought into the boxes first. */
    GraphCut cut(Univariate function, boolean above, double[][] values) {
        AffineNeuron neuron = joined();
        double[] point = new double[neuron.size()];
        int at = 0;
        for (int layer : layers) {
            System.arraycopy(values[layer], 0, point, at, values[layer].length);
            at += values[layer].length;
        }
        for (int i = 0; i < point.length; i++) {
            point[i] = Math.min(Math.max(point[i], neuron.box().low()[i]), neuron.box().high()[i]);
        }
        Separation separation = new Separation(function, neuron);
        Hyperplane plane = (above ? separation.above(point) : separation.below(point)).plane();
        return bound(neuron, plane.coefficients(), plane.intercept(), above ? 1 : -1);
    }

    /** slope·z + intercept, which lies above the activation, as a bound by the neuron's inputs. */
    GraphCut lineAbove(double slope, double intercept) {
        AffineNeuron neuron = joined();
        double[] alpha = scaled(neuron.weights(), slope);
        return bound(neuron, alpha, Outward.addUp(intercept, SoundIntercept.linear(slope, neuron, alpha)), 1);
    }

    /** slope·z + intercept, which lies below it; the bound is from below. */
    GraphCut lineBelow(double slope, double intercept) {
        AffineNeuron neuron = joined();
        double[] alpha = scaled(neuron.weights(), slope);
        double rest = SoundIntercept.linear(-slope, neuron, scaled(alpha, -1));
        return bound(neuron, alpha, Outward.addDown(intercept, -rest), -1);
    }

    private static double[] scaled(double[] values, double factor) {
        return Arrays.stream(values).map(value -> factor * value).toArray();
    }

    /** The error's coordinate takes its worst value. */
    private GraphCut bound(AffineNeuron neuron, double[] alpha, double intercept, double sign) {
        double worst = Outward.mulUp(Math.abs(alpha[alpha.length - 1]), error);
        double[][] parts = new double[layers.length][];
        int at = 0;
        for (int part = 0; part < layers.length; part++) {
            parts[part] = Arrays.copyOfRange(alpha, at, at + coefficients[part].length);
            at += parts[part].length;
        }
        return new GraphCut(layers, parts, sign > 0 ? Outward.addUp(intercept, worst)
                : Outward.addDown(intercept, -worst));
    }
}
