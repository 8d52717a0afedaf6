package org.reluctor.learn.convex;

import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.algebra.Products;
import org.reluctor.learn.algebra.Samples;

/**
 * The smooth part of a {@link ConeProgram}'s augmented Lagrangian: ½‖Y − Σ s_gD_gT_g‖²_F +
 * Σ‖max(0, ν_g − δ(2D_g − I)T_g)‖²_F/(2δ) with T_g = XU_g, which is all that it sees of the weights. Its gradient in
 * T_g is −(s_gD_gR + (2D_g − I)·max(0, …)); Xᵀ of it is that in U_g.
 */
final class ConeLagrangian {
    private final ConeProgram program;
    private final Products products;
    private final Samples multipliers;
    private double penalty = 1;

    ConeLagrangian(ConeProgram program, Products products) {
        this.program = program;
        this.products = products;
        multipliers = Samples.zero(program.inputs().count(), program.groups() * program.targets().width());
    }

    double penalty() {
        return penalty;
    }

    /** Changes δ; the multipliers stay. */
    void setPenalty(double value) {
        penalty = value;
    }

    /** ν, [N, 2P·c], 0 or more, shared. */
    Samples multipliers() {
        return multipliers;
    }

    /** T = XU, [N, 2P·c]. */
    Samples images(Matrix weights) {
        return products.times(program.inputs(), weights);
    }

    /** R = Y − Σ s_gD_gT_g. */
    Samples residual(Samples images) {
        int outputs = program.targets().width();
        Samples residual = new Samples(outputs, program.targets().values().clone());
        for (int at = 0; at < images.values().length; at++) {
            int sample = at / images.width();
            int group = at % images.width() / outputs;
            if (program.patterns().isActive(program.pattern(group), sample)) {
                residual.values()[sample * outputs + at % outputs] -= program.sign(group) * images.values()[at];
            }
        }
        return residual;
    }

    /** max(0, ν − δ(2D − I)T) at one place: the multiplier that a step would give. */
    private double pull(Samples images, int at) {
        return Math.max(0, multipliers.values()[at] - penalty * signed(images, at));
    }

    /** (2D − I)T at one place: what must not be below 0. */
    private double signed(Samples images, int at) {
        int group = at % images.width() / program.targets().width();
        boolean active = program.patterns().isActive(program.pattern(group), at / images.width());
        return active ? images.values()[at] : -images.values()[at];
    }

    double value(Samples images) {
        double pulls = 0;
        for (int at = 0; at < images.values().length; at++) {
            double pull = pull(images, at);
            pulls += pull * pull;
        }
        return residual(images).energy() / 2 + pulls / (2 * penalty);
    }

    /** The gradient in the weights, [d, 2P·c]. */
    Matrix gradient(Samples images) {
        Samples forces = Samples.zero(images.count(), images.width());
        for (int at = 0; at < forces.values().length; at++) {
            forces.values()[at] = pull(images, at);
        }
        return Matrix.zero(program.inputs().width(), images.width()).plus(-1, correlation(residual(images), forces));
    }

    /** Xᵀ(s_gD_gR + (2D_g − I)ν_g) for every group: at the optimum of norm at most β, and β where U_g is not zero. */
    Matrix correlation(Samples residual, Samples forces) {
        int outputs = program.targets().width();
        Samples sum = Samples.zero(forces.count(), forces.width());
        for (int at = 0; at < sum.values().length; at++) {
            int sample = at / sum.width();
            int group = at % sum.width() / outputs;
            boolean active = program.patterns().isActive(program.pattern(group), sample);
            double error = program.sign(group) * residual.values()[sample * outputs + at % outputs];
            sum.values()[at] = active ? error + forces.values()[at] : -forces.values()[at];
        }
        return products.gram(program.inputs(), sum);
    }

    /** The multiplier step ν ← max(0, ν − δ(2D − I)T). */
    void advance(Samples images) {
        for (int at = 0; at < images.values().length; at++) {
            multipliers.values()[at] = pull(images, at);
        }
    }

    /** How far the images leave the cones, relative to the largest of them; 0 where all cones hold. */
    double violation(Samples images) {
        double worst = 0;
        double largest = 0;
        for (int at = 0; at < images.values().length; at++) {
            worst = Math.max(worst, -signed(images, at));
            largest = Math.max(largest, Math.abs(images.values()[at]));
        }
        return largest == 0 ? 0 : worst / largest;
    }
}
