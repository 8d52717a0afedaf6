package org.reluctor.certify.bound;

import java.util.Arrays;
import org.reluctor.certify.graph.ActivationLayer;
import org.reluctor.certify.graph.AffineLayer;
import org.reluctor.certify.graph.LayerGraph;
import org.reluctor.certify.interval.Box;
import org.reluctor.certify.interval.Outward;

/**
 * An upper bound of one linear function of a layer, carried backwards to the input (CROWN, Zhang et al. 2018; DeepPoly,
 * Singh et al. 2019): activations give way to the line above where their coefficient is positive and to the one below
 * where it is negative, affine layers are substituted, and at the input the box decides.
 *
 * <p>Coefficients are rounded to nearest. What each rounded product λ'ᵀ ≈ λᵀA may lose is bounded by
 * γ·(|λ|ᵀ|A| + |λ'|ᵀ)·|u| with |u| from the boxes (Higham 2002, (3.5)), added up, and put on the result; so is what
 * float32 execution may be off. One object serves one thread.
 */
final class BackwardPass {
    /** More than all underflows of one layer together, in units of its largest value. */
    private static final double UNDERFLOW = 0x1p-1000;

    private final LayerBounds bounds;
    private final LayerGraph graph;
    private final double[][] coefficients;
    private Lines lines;
    private double constant;
    private double constantSlack;
    private double error;
    private int errorTerms;

    BackwardPass(LayerBounds bounds) {
        this.bounds = bounds;
        graph = bounds.graph();
        coefficients = new double[graph.size()][];
    }

    /**
     * At least the largest objective·u over the input box, u being the layer's values.
     *
     * @return may be infinite, never not-a-number
     */
    double upper(int layer, double[] objective, Lines chosen) {
        start(layer, objective, chosen);
        for (int at = layer; at > 0; at--) {
            if (coefficients[at] == null) {
                continue;
            }
            if (graph.layer(at) instanceof AffineLayer affine) {
                throughAffine(at, affine);
            } else {
                throughActivation(at, (ActivationLayer) graph.layer(at));
            }
        }
        double bound = Outward.addUp(atInput(), totalError());
        return Double.isNaN(bound) ? Double.POSITIVE_INFINITY : bound;
    }

    /**
     * The function by activations and inputs alone: affine layers are substituted, activations stay.
     *
     * @param deep whether all affine layers are substituted, or only that of the function
     */
    void collapse(int layer, double[] objective, boolean deep) {
        start(layer, objective, null);
        for (int at = layer; at > (deep ? 0 : layer - 1); at--) {
            if (coefficients[at] != null && graph.layer(at) instanceof AffineLayer affine) {
                throughAffine(at, affine);
                coefficients[at] = null;
            }
        }
    }

    private void start(int layer, double[] objective, Lines chosen) {
        Arrays.fill(coefficients, null);
        coefficients[layer] = objective.clone();
        lines = chosen;
        constant = 0;
        constantSlack = 0;
        error = 0;
        errorTerms = 0;
    }

    /** Coefficients of a layer in the last pass; null where it has none. */
    double[] coefficients(int layer) {
        return coefficients[layer];
    }

    /** What is added to the coefficients' products, after {@link #collapse}. */
    double constant() {
        return constant;
    }

    /** At least what rounding up has added to {@link #constant}. */
    double constantSlack() {
        return 2 * constantSlack;
    }

    /** At least what all roundings and float32 execution may have lost. */
    double totalError() {
        return Outward.sumUp(error, errorTerms);
    }

    /** The corner of the input box where the last pass's linear function is largest. */
    double[] corner() {
        Box box = bounds.box(0);
        double[] corner = box.high().clone();
        for (int at = 0; at < corner.length; at++) {
            if (coefficients[0] == null || coefficients[0][at] < 0) {
                corner[at] = box.low()[at];
            }
        }
        return corner;
    }

    private void throughAffine(int at, AffineLayer layer) {
        double[] lambda = coefficients[at];
        double[] radius = bounds.radius(at);
        double[] magnitude = bounds.magnitude(at);
        double gamma = Outward.gamma(Math.max(layer.longestColumn(), lambda.length) + 3L);
        double sum = 0;
        double slack = 0;
        double largest = 0;
        for (int i = 0; i < lambda.length; i++) {
            sum += lambda[i] * layer.bias()[i];
            slack += Math.abs(lambda[i]) * (radius[i] + gamma * magnitude[i]);
            largest = Math.max(largest, magnitude[i]);
        }
        addConstant(sum);
        addError(slack + UNDERFLOW * (1 + largest), 4 * lambda.length);
        for (AffineLayer.Term term : layer.terms()) {
            double[] target = target(term.source(), gamma);
            term.map().addTransposed(lambda, target);
        }
    }

    /** The coefficients to add to; what they already hold is rounded once more. */
    private double[] target(int source, double gamma) {
        double[] target = coefficients[source];
        if (target == null) {
            target = new double[graph.layer(source).size()];
            coefficients[source] = target;
            return target;
        }
        Box box = bounds.box(source);
        double sum = 0;
        for (int j = 0; j < target.length; j++) {
            sum += Math.abs(target[j]) * box.magnitude(j);
        }
        addError(gamma * sum, 2 * target.length);
        return target;
    }

    private void throughActivation(int at, ActivationLayer layer) {
        double[] lambda = coefficients[at];
        Relaxation relaxation = lines.relaxation(at);
        double[] target = target(layer.source(), Outward.gamma(4));
        Box box = bounds.box(layer.source());
        double sum = 0;
        double absolute = 0;
        double slack = 0;
        for (int i = 0; i < lambda.length; i++) {
            double factor = lambda[i] == 0 ? 0 : throughCuts(at, i, lambda[i]);
            if (factor == 0) {
                continue;
            }
            boolean above = factor > 0;
            double product = factor * (above ? relaxation.upperSlope[i] : relaxation.lowerSlope[i]);
            double intercept = factor * (above ? relaxation.upperIntercept[i] : relaxation.lowerIntercept[i]);
            target[i] += product;
            sum += intercept;
            absolute += Math.abs(intercept);
            slack += Math.abs(product) * box.magnitude(i);
        }
        addConstant(sum);
        addError(Outward.gamma(lambda.length + 2L) * absolute + Outward.gamma(4) * slack + UNDERFLOW,
                4 * lambda.length);
    }

    /** Gives the neuron's cuts their shares of its coefficient; what is left is the line's, and of the same sign. */
    private double throughCuts(int layer, int neuron, double lambda) {
        Mixture mixture = lines.cuts(layer, neuron, lambda > 0);
        if (mixture == null) {
            return lambda;
        }
        double rest = Math.abs(lambda);
        for (int at = 0; at < mixture.size(); at++) {
            double part = Math.min(rest, Math.abs(lambda) * mixture.share(at));
            if (part > 0) {
                throughCut(mixture.cut(at), lambda > 0 ? part : -part);
                rest -= part;
            }
        }
        // Differences of numbers of one sign: what they rounded is at most γ times the whole.
        addError(Outward.gamma(mixture.size() + 2L) * Math.abs(lambda) * bounds.box(layer).magnitude(neuron), 2);
        return lambda > 0 ? rest : -rest;
    }

    private void throughCut(GraphCut cut, double factor) {
        for (int part = 0; part < cut.layers().length; part++) {
            int source = cut.layers()[part];
            double[] target = target(source, Outward.gamma(4));
            double[] alpha = cut.coefficients()[part];
            Box box = bounds.box(source);
            double slack = 0;
            for (int k = 0; k < alpha.length; k++) {
                int j = cut.places()[part][k];
                double product = factor * alpha[k];
                target[j] += product;
                slack += Math.abs(product) * box.magnitude(j);
            }
            addError(Outward.gamma(4) * slack + UNDERFLOW, 3 * alpha.length);
        }
        addConstant(Outward.mulUp(factor, cut.intercept()));
    }

    private double atInput() {
        double sum = constant;
        double[] lambda = coefficients[0];
        if (lambda != null) {
            Box box = bounds.box(0);
            for (int j = 0; j < lambda.length; j++) {
                // What overflowed is infinite, or not a number, and no product with 0 may hide it.
                sum = Outward.addUp(sum, Double.isFinite(lambda[j])
                        ? Outward.productUp(lambda[j], box.low()[j], box.high()[j]) : Double.POSITIVE_INFINITY);
            }
        }
        return sum;
    }

    private void addConstant(double value) {
        constant = Outward.addUp(constant, value);
        constantSlack += Math.ulp(constant);
    }

    private void addError(double value, int terms) {
        error += value;
        errorTerms += terms + 2;
    }
}
