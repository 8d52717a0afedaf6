package org.reluctor.learn.unrectified;

/**
 * The penalty parameter μ and the tolerances η of the constraints and ω of the inner problem, by the rules of Conn,
 * Gould and Toint (SIAM J. Numer. Anal. 28, 1991, algorithm 1 with α_η = 0.1, β_η = 0.9, α_ω = β_ω = 1). μ must stay
 * below 1, or neither tolerance would shrink; it counts relative to the penalties of the layers, which are ρ = ρ₀·μ₀/μ.
 */
final class OuterTolerances {
    /** μ₀. */
    static final double FIRST = 0.1;
    private static final double ALPHA = 0.1;
    private static final double BETA = 0.9;

    private final double constraintScale;
    private final double innerScale;
    private final double reduction;
    private double penalty = FIRST;
    private double constraints;
    private double inner;

    /**
     * @param constraintScale η_s, in the unit of the constraints
     * @param innerScale      ω_s, in the unit of the projected gradient
     * @param reduction       τ, which μ is multiplied by where the constraints are not met; between 0 and 1
     */
    OuterTolerances(double constraintScale, double innerScale, double reduction) {
        if (!(reduction > 0 && reduction < 1)) {
            throw new IllegalArgumentException("the penalty is reduced by " + reduction
                    + "; between 0 and 1 is needed");
        }
        this.constraintScale = constraintScale;
        this.innerScale = innerScale;
        this.reduction = reduction;
        restart();
    }

    double penalty() {
        return penalty;
    }

    double constraints() {
        return constraints;
    }

    double inner() {
        return inner;
    }

    /** The constraints were met to the tolerance: the multipliers move, the tolerances tighten, μ stays. */
    void tighten() {
        constraints *= Math.pow(penalty, BETA);
        inner *= penalty;
    }

    /** They were not: μ shrinks, the tolerances start again from what it allows. */
    void penalise() {
        penalty *= reduction;
        restart();
    }

    private void restart() {
        constraints = constraintScale * Math.pow(penalty, ALPHA);
        inner = innerScale * penalty;
    }
}
