/**
 * Derivatives of recovery networks. A {@link org.reluctor.learn.gradient.Tape} records what a network computes as
 * {@link org.reluctor.learn.gradient.Instruction}s of four kinds (element by element, product, gather, sum) and
 * derives, by reverse-mode differentiation, further instructions of the same kinds for the gradient. Whoever executes
 * instructions ({@link org.reluctor.learn.gradient.Arithmetic}) knows neither networks nor derivatives:
 * {@link org.reluctor.learn.gradient.HostArithmetic} does so in float64 and is the specification.
 */
package org.reluctor.learn.gradient;
