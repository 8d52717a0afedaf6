package org.reluctor.learn.convex;

import org.reluctor.learn.algebra.Matrix;

/**
 * Weights of a {@link ConeProgram} and what is known about them.
 *
 * @param beta       penalty
 * @param weights    [d, 2P·c], the groups side by side
 * @param network    recovered from them; it has m* units
 * @param convex     the convex program's objective at the weights, whose cones hold up to the violation
 * @param gap        its primal is the network's own objective, which needs no cone to hold, its dual that of the
 *                       program over these patterns
 * @param violation  how far pre-activations leave their cones, relative to the largest of them
 * @param iterations of the inner method
 * @param seconds    spent
 * @param converged  whether the cones hold and the gap is reached
 */
public record ConeSolution(double beta, Matrix weights, ReluNetwork network, double convex, DualityGap gap,
        double violation, int iterations, double seconds, boolean converged) {
    /**
     * The network, for whoever has room for so many units.
     *
     * @param units m that a network may have
     * @throws IllegalArgumentException if m is below m*: such a network need not reach the convex optimum
     */
    public ReluNetwork network(int units) {
        if (units < network.neurons()) {
            throw new IllegalArgumentException("a network of m = " + units + " units is below m* = "
                    + network.neurons() + "; with fewer the convex optimum need not be reached");
        }
        return network;
    }
}
