package org.reluctor.devicetests.overload;

/**
 * How long each part of an overload takes, s.
 *
 * @param rateSeconds     in which the sustained rate R is measured
 * @param normalSeconds   of a quarter of R, before; and again when all is normal after
 * @param overloadSeconds of three times R
 */
record OverloadPlan(int rateSeconds, int normalSeconds, int overloadSeconds) {
}
