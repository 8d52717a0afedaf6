package org.reluctor.certify.bound;

import java.util.Arrays;
import java.util.List;
import org.reluctor.certify.graph.ActivationLayer;
import org.reluctor.certify.graph.AffineLayer;
import org.reluctor.certify.graph.LayerGraph;
import org.reluctor.certify.interval.Box;
import org.reluctor.certify.interval.Outward;

/**
 * Bounds of many elements of a layer by one {@linkplain BackwardPass backward pass} for all, which share their lines. A
 * row holds one coefficient of every function, one behind the other, so that a processor takes several at a time; rows
 * of what no function depends on are absent. One object serves one thread.
 *
 * <p>Coefficients are float32. What each rounded product λ'ᵀ ≈ λᵀA may lose is bounded as there, by γ·|λ|ᵀ|A||u| with
 * float32's γ. Those bounds, and the constants, are added up in float32 within blocks of {@link #BLOCK} rows, and in
 * float64 from block to block.
 */
final class BackwardBatch {
    /** Half the distance from 1 to the next float32. */
    private static final double UNIT = 0x1p-24;
    /** More than what a product, or a number brought to float32, may lose below the normal numbers. */
    private static final double LOST = 0x1p-148;
    private static final int BLOCK = 32;
    /** Of sums of that many rows. */
    private static final double GAMMA_OF_BLOCK = gamma(BLOCK + 4);
    private static final double SLACK_ROUNDED = 1 + 2 * GAMMA_OF_BLOCK;

    private final LayerBounds bounds;
    private final LayerGraph graph;
    private final Lines lines;
    private final int lanes;
    private final float[][][] coefficients;
    private final double[] constant;
    private final double[] error;
    private final float[] constantOfBlock;
    private final float[] errorOfBlock;
    private int rowsInBlock;
    private int errorTerms;

    private BackwardBatch(LayerBounds bounds, Lines lines, int lanes) {
        this.bounds = bounds;
        this.lines = lines;
        this.lanes = lanes;
        graph = bounds.graph();
        coefficients = new float[graph.size()][][];
        constant = new double[lanes];
        error = new double[lanes];
        constantOfBlock = new float[lanes];
        errorOfBlock = new float[lanes];
    }

    /**
     * At least the largest values of the elements over the input box, then at least those of what they are times -1.
     *
     * @param elements of the layer, each once
     * @return twice as many as there are elements; may be infinite, never not-a-number
     */
    static double[] uppers(LayerBounds bounds, Lines lines, int layer, int... elements) {
        BackwardBatch batch = new BackwardBatch(bounds, lines, 2 * elements.length);
        float[][] objective = new float[bounds.graph().layer(layer).size()][];
        for (int at = 0; at < elements.length; at++) {
            objective[elements[at]] = new float[batch.lanes];
            objective[elements[at]][at] = 1;
            objective[elements[at]][elements.length + at] = -1;
        }
        batch.coefficients[layer] = objective;
        for (int at = layer; at > 0; at--) {
            batch.through(at);
        }
        return batch.atInput();
    }

    private void through(int at) {
        float[][] lambda = coefficients[at];
        if (lambda == null) {
            return;
        }
        coefficients[at] = null;
        if (graph.layer(at) instanceof AffineLayer affine) {
            throughAffine(at, affine, lambda);
        } else {
            throughActivation(at, (ActivationLayer) graph.layer(at), lambda);
        }
    }

    private void throughAffine(int at, AffineLayer layer, float[][] lambda) {
        double[] radius = bounds.radius(at);
        double[] magnitude = bounds.magnitude(at);
        double gamma = Math.max(GAMMA_OF_BLOCK, gamma(layer.longestColumn() + 4L));
        double lost = 0;
        for (AffineLayer.Term term : layer.terms()) {
            double largest = largest(bounds.box(term.source()));
            lost += LOST * term.map().longestRow() * largest;
            addError(LOST * term.map().columns() * (layer.longestColumn() + 4.0) * largest);
        }
        boolean isExact = layer.terms().stream().allMatch(term -> term.map().isIdentity()
                && coefficients[term.source()] == null);
        for (int i = 0; i < lambda.length; i++) {
            if (lambda[i] != null && !(isExact && layer.bias()[i] == 0 && radius[i] == 0)) {
                take(lambda[i], (float) layer.bias()[i], radius[i] + gamma * magnitude[i] + lost + LOST);
            }
        }
        endSum(lambda.length);
        // Rows that are passed on are changed there: identities come last, and take copies but for the last.
        layer.terms().stream().filter(term -> !term.map().isIdentity()).forEach(term -> term.map()
                .addTransposedProducts(lambda, target(term.source(), gamma), lanes));
        List<AffineLayer.Term> identities = layer.terms().stream().filter(term -> term.map().isIdentity()).toList();
        for (int which = 0; which < identities.size(); which++) {
            boolean isLast = which == identities.size() - 1;
            float[][] target = target(identities.get(which).source(), gamma);
            for (int i = 0; i < lambda.length; i++) {
                if (lambda[i] != null) {
                    put(target, i, isLast || target[i] != null ? lambda[i] : lambda[i].clone());
                }
            }
        }
    }

    private void throughActivation(int at, ActivationLayer layer, float[][] lambda) {
        Relaxation relaxation = lines.relaxation(at);
        Box box = bounds.box(layer.source());
        float[][] target = target(layer.source(), gamma(4));
        float[] line = new float[4];
        for (int i = 0; i < lambda.length; i++) {
            if (lambda[i] == null) {
                continue;
            }
            if (isBent(relaxation, i, line)) {
                double slope = Math.max(Math.abs(line[0]), Math.abs(line[1]));
                double intercept = Math.max(Math.abs(line[2]), Math.abs(line[3]));
                double slack = (gamma(4) * slope + LOST) * box.magnitude(i) + GAMMA_OF_BLOCK * intercept + LOST;
                bend(lambda[i], line, up(slack), constantOfBlock, errorOfBlock);
                endRow();
            } else if (line[0] == 0) {
                continue;
            } else if (target[i] != null) {
                take(lambda[i], 0, gamma(4) * box.magnitude(i));
            }
            put(target, i, lambda[i]);
        }
        endSum(lambda.length);
        addError(LOST * lambda.length * (1 + largest(box)));
    }

    /**
     * Whether there is more to do than to keep a coefficient, or to drop it.
     *
     * @param line is given the slopes above and below, and the intercepts above, rounded up, and below, rounded down
     */
    private static boolean isBent(Relaxation relaxation, int i, float... line) {
        line[0] = (float) relaxation.upperSlope[i];
        line[1] = (float) relaxation.lowerSlope[i];
        line[2] = up(relaxation.upperIntercept[i]);
        line[3] = -up(-relaxation.lowerIntercept[i]);
        boolean straight = relaxation.upperSlope[i] == relaxation.lowerSlope[i] && line[2] == 0 && line[3] == 0;
        return !(straight && (relaxation.upperSlope[i] == 0 || relaxation.upperSlope[i] == 1));
    }

    /** Positive coefficients take the slope above, negative ones that below; their intercepts go to the sums. */
    private static void bend(float[] lambda, float[] line, float slack, float[] constant, float[] error) {
        float above = 0.5f * line[0];
        float below = 0.5f * line[1];
        float up = 0.5f * line[2];
        float down = 0.5f * line[3];
        for (int lane = 0; lane < lambda.length; lane++) {
            float value = lambda[lane];
            float size = Math.abs(value);
            // Twice the positive and twice the negative part; one of them is 0.
            float positive = value + size;
            float negative = value - size;
            lambda[lane] = positive * above + negative * below;
            constant[lane] += positive * up + negative * down;
            error[lane] += size * slack;
        }
    }

    /** Adds a row, which is no longer used elsewhere. */
    private static void put(float[][] target, int at, float[] row) {
        if (target[at] == null) {
            target[at] = row;
            return;
        }
        float[] sum = target[at];
        for (int lane = 0; lane < row.length; lane++) {
            sum[lane] += row[lane];
        }
    }

    /** The coefficients to add to; what they already hold is rounded once more. */
    private float[][] target(int source, double gamma) {
        if (coefficients[source] == null) {
            coefficients[source] = new float[graph.layer(source).size()][];
            return coefficients[source];
        }
        float[][] target = coefficients[source];
        Box box = bounds.box(source);
        for (int j = 0; j < target.length; j++) {
            if (target[j] != null) {
                take(target[j], 0, gamma * box.magnitude(j));
            }
        }
        endSum(target.length);
        return target;
    }

    /** A row's part of the two sums. */
    private void take(float[] row, float factor, double slack) {
        sum(row, factor, up(slack), constantOfBlock, errorOfBlock);
        endRow();
    }

    private static void sum(float[] row, float factor, float slack, float[] constant, float[] error) {
        for (int lane = 0; lane < row.length; lane++) {
            constant[lane] += row[lane] * factor;
            error[lane] += Math.abs(row[lane]) * slack;
        }
    }

    private void endRow() {
        if (++rowsInBlock == BLOCK) {
            endBlock();
        }
    }

    private void endBlock() {
        for (int lane = 0; lane < lanes; lane++) {
            constant[lane] = Outward.addUp(constant[lane], constantOfBlock[lane]);
            error[lane] += SLACK_ROUNDED * errorOfBlock[lane];
        }
        Arrays.fill(constantOfBlock, 0);
        Arrays.fill(errorOfBlock, 0);
        errorTerms += 2;
        rowsInBlock = 0;
    }

    /** Ends a sum over so many rows, each of which may have lost what is too small for float32. */
    private void endSum(int rows) {
        endBlock();
        addError(2 * LOST * rows);
    }

    private void addError(double value) {
        for (int lane = 0; lane < lanes; lane++) {
            error[lane] += value;
        }
        errorTerms += 2;
    }

    private double[] atInput() {
        double[] result = constant.clone();
        Box box = bounds.box(0);
        float[][] lambda = coefficients[0] == null ? new float[0][] : coefficients[0];
        for (int j = 0; j < lambda.length; j++) {
            for (int lane = 0; lambda[j] != null && lane < lanes; lane++) {
                float factor = lambda[j][lane];
                // What overflowed is infinite, or not a number, and no product with 0 may hide it.
                result[lane] = Outward.addUp(result[lane], Float.isFinite(factor)
                        ? Outward.productUp(factor, box.low()[j], box.high()[j]) : Double.POSITIVE_INFINITY);
            }
        }
        for (int lane = 0; lane < lanes; lane++) {
            double bound = Outward.addUp(result[lane], Outward.sumUp(error[lane], errorTerms));
            // What overflowed on the way may have come out on either side.
            result[lane] = Double.isFinite(bound) ? bound : Double.POSITIVE_INFINITY;
        }
        return result;
    }

    private static double largest(Box box) {
        return Arrays.stream(box.magnitudes()).max().orElse(0);
    }

    /** The least float32 that is not below. */
    private static float up(double value) {
        float near = (float) value;
        return near < value ? Math.nextUp(near) : near;
    }

    /** γ_n = n·u / (1 − n·u) of float32 operations, rounded up (Higham 2002, (3.1)). */
    private static double gamma(long operations) {
        double product = operations * UNIT;
        return product < 0.5 ? product / (1 - product) * (1 + 8 * Outward.UNIT) : Double.POSITIVE_INFINITY;
    }
}
