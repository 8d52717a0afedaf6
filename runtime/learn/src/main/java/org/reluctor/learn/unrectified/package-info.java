/**
 * Training of fully connected ReLU networks with their activations un-rectified: every activation, its input and its
 * on-off variable d ∈ [0, 1] are unknowns of an augmented Lagrangian whose blocks all have closed-form minimisers
 * (after Hwang and Tung, arXiv 2101.06940; the bound-constrained outer loop is Conn, Gould and Toint's, SIAM J. Numer.
 * Anal. 28, 1991). Beside it the two-splitting fast path and the restart variant, which stays on the constraints.
 */
package org.reluctor.learn.unrectified;
