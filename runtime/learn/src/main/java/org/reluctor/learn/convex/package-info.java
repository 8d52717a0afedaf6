/**
 * Two-layer networks trained as convex programs: gated ReLU and ReLU units, a penalty on groups instead of weight
 * decay, and a duality gap that says how far from the optimum the result can be at most.
 *
 * <p>Follows M. Pilanci, T. Ergen, "Neural Networks are Convex Regularizers" (arXiv 2002.10553), A. Mishkin,
 * A. Sahiner, M. Pilanci, "Fast Convex Optimization for Two-Layer ReLU Networks" (arXiv 2202.01331), A. Sahiner et al.,
 * "Vector-output ReLU Neural Network Problems are Copositive Programs" (arXiv 2012.13329), and E. Zeger, M. Pilanci
 * (arXiv 2603.23831).
 *
 * <p>What a gap certifies: the program over the activation patterns that were given to it. Only where
 * {@link org.reluctor.learn.convex.FullProgramBound} says so does it speak about the program over all patterns.
 */
package org.reluctor.learn.convex;
