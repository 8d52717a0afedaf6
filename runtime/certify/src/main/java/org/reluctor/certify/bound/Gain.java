package org.reluctor.certify.bound;

/**
 * Lipschitz constants of a function, from above.
 *
 * @param l2   of Euclidean norms: ‖f(a) − f(b)‖₂ ≤ l2·‖a − b‖₂
 * @param linf of largest elements: ‖f(a) − f(b)‖∞ ≤ linf·‖a − b‖∞
 */
public record Gain(double l2, double linf) {
}
