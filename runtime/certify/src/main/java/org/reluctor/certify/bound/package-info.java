/**
 * Bounds of a graph's values over a box of inputs: intervals, linear functions carried backwards, cuts in their place,
 * linear programs whose duals are rounded outward, and branching until a question is decided.
 *
 * <p>Every bound is sound for exact arithmetic and, where {@link org.reluctor.certify.bound.Execution#FLOAT32} is asked
 * for, for every float32 execution. What the bounds' own float64 arithmetic rounds is part of them. Nothing depends on
 * the number of threads.
 */
package org.reluctor.certify.bound;
