package org.reluctor.certify.envelope;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.ojalgo.optimisation.ExpressionsBasedModel;
import org.reluctor.certify.interval.Box;

/** Cuts of soft thresholds of several inputs. */
class ShrinkageCutsTest {
    private static SoftShrinkage shrinkage(SplittableRandom random) {
        return new SoftShrinkage(random.nextInt(6) == 0 ? 0 : random.nextDouble(0, 2));
    }

    @Test
    void cuts_atRandomPoints_areNeverViolated() {
        SplittableRandom random = new SplittableRandom(1);
        for (int round = 0; round < 400; round++) {
            SoftShrinkage function = shrinkage(random);
            AffineNeuron neuron = RandomNeurons.neuron(random, 1 + random.nextInt(8));
            double[] at = RandomNeurons.point(random, neuron.box());
            Cut above = new Separation(function, neuron).above(at);
            Cut below = new Separation(function, neuron).below(at);
            for (int draw = 0; draw < 500; draw++) {
                double[] x = RandomNeurons.point(random, neuron.box());
                double y = function.value(neuron.at(x));
                assertTrue(above.violation(x, y) <= 1e-13 && below.violation(x, y) <= 1e-13);
            }
        }
    }

    /** Whatever the coefficients are, altered by a little, by much, or drawn at random: only the intercept moves. */
    @Test
    void intercepts_ofAnyCoefficients_keepTheCutSound() {
        SplittableRandom random = new SplittableRandom(4);
        double least = Double.POSITIVE_INFINITY;
        for (int round = 0; round < 600; round++) {
            SoftShrinkage function = shrinkage(random);
            AffineNeuron neuron = RandomNeurons.neuron(random, 1 + random.nextInt(8));
            double[] alpha = round % 3 == 0 ? random.doubles(neuron.size(), -3, 3).toArray()
                    : new Separation(function, neuron).above(RandomNeurons.point(random, neuron.box())).plane()
                            .coefficients().clone();
            double scale = round % 3 == 1 ? Math.pow(10, random.nextInt(-12, 1)) : 0;
            for (int at = 0; at < alpha.length; at++) {
                alpha[at] += scale * random.nextDouble(-1, 1);
            }
            Cut above = new Cut(new Hyperplane(alpha, SoundIntercept.upper(function, neuron, alpha)), true);
            Cut below = new Cut(new Hyperplane(alpha, SoundIntercept.lower(function, neuron, alpha)), false);
            for (int draw = 0; draw < 500; draw++) {
                double[] x = corners(random, neuron.box());
                double y = function.value(neuron.at(x));
                assertTrue(above.violation(x, y) <= 1e-13 && below.violation(x, y) <= 1e-13);
                least = Math.min(least, -above.violation(x, y));
            }
        }
        assertTrue(least < 1e-9, "some cut is met: " + least);
    }

    /** Where intercepts are decided: corners, and points between. */
    private static double[] corners(SplittableRandom random, Box box) {
        double[] point = RandomNeurons.point(random, box);
        for (int at = 0; at < point.length; at++) {
            int side = random.nextInt(3);
            point[at] = side == 0 ? box.low()[at] : side == 1 ? box.high()[at] : point[at];
        }
        return point;
    }

    /** A program over a fine grid comes from below, a plane above the whole grid from above: both meet. */
    @Test
    void above_ofTwoInputs_isTheEnvelopeOfAGrid() {
        SplittableRandom random = new SplittableRandom(2);
        for (int round = 0; round < 12; round++) {
            SoftShrinkage function = new SoftShrinkage(random.nextDouble(0.2, 1.5));
            AffineNeuron neuron = new AffineNeuron(new double[] {random.nextDouble(-2, 2), random.nextDouble(-2, 2)},
                    random.nextDouble(-1, 1), new Box(new double[] {-1, -2}, new double[] {1.5, 1}));
            double[] point = {random.nextDouble(-1, 1.5), random.nextDouble(-2, 1)};
            double envelope = new Separation(function, neuron).above(point).plane().at(point);
            double grid = onGrid(function, neuron, point);
            assertTrue(grid <= envelope + 1e-7, grid + " over " + envelope);
            assertEquals(grid, envelope, 0.02);
        }
    }

    private static double onGrid(SoftShrinkage function, AffineNeuron neuron, double[] point) {
        ExpressionsBasedModel model = new ExpressionsBasedModel();
        var total = model.addExpression().level(1);
        var value = model.addExpression().weight(1);
        var first = model.addExpression().level(point[0]);
        var second = model.addExpression().level(point[1]);
        for (int at = 0; at < 41 * 41; at++) {
            double[] x = {-1 + 2.5 * (at % 41) / 40, -2 + 3.0 * (at / 41) / 40};
            var share = model.newVariable("v" + at).lower(0);
            total.set(share, 1);
            first.set(share, x[0]);
            second.set(share, x[1]);
            value.set(share, function.value(neuron.at(x)));
        }
        return model.maximise().getValue();
    }

    /** Two ReLUs relaxed apart give y ≤ 1 in the middle, lines of the function alone less; the cut is never worse. */
    @Test
    void above_ofSeveralInputs_isNoWorseThanTheLineAndOftenBetter() {
        SplittableRandom random = new SplittableRandom(3);
        int better = 0;
        for (int round = 0; round < 200; round++) {
            SoftShrinkage function = shrinkage(random);
            AffineNeuron neuron = RandomNeurons.neuron(random, 5);
            double[] point = RandomNeurons.point(random, neuron.box());
            double cut = new Separation(function, neuron).above(point).plane().at(point);
            double line = Double.POSITIVE_INFINITY;
            for (double slope : function.slopesAbove(neuron.least(), neuron.most())) {
                line = Math.min(line, slope * neuron.at(point)
                        + function.mostOver(slope, neuron.least(), neuron.most()));
            }
            assertTrue(cut <= line + 1e-9, cut + " over " + line);
            better += cut < line - 1e-3 ? 1 : 0;
        }
        assertTrue(better > 40, better + " better");
    }
}
