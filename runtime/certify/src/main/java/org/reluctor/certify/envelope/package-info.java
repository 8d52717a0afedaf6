/**
 * Concave and convex envelopes of one neuron σ(w·x + b) on a box, and the cuts that support them.
 *
 * <p>The theory is that of G. Carrasco and G. Muñoz, "Tightening convex relaxations of trained neural networks: a
 * unified approach for convex and S-shaped activations" (arXiv 2410.23362, Theorem 1), unrolled: with p the position in
 * the box (0 where w·x is least, 1 where it is most) sorted descending, the recursion of the theorem becomes a walk
 * over the corners t₀ ≤ t₁ ≤ … ≤ tₙ of the pre-activation. For ReLU it is the Lovász extension (Tjandraatmadja et al.,
 * "The convex relaxation barrier, revisited", 2020; Anderson et al., "Strong mixed-integer programming formulations for
 * trained neural networks", 2020).
 *
 * <p>What is found in rounded arithmetic is only a direction. The intercept of every cut that leaves this package is
 * computed anew by {@link org.reluctor.certify.envelope.SoundIntercept}, rounded outward, and holds whatever the
 * coefficients are.
 */
package org.reluctor.certify.envelope;
