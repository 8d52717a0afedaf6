package org.reluctor.certify.bound;

/**
 * The answer to whether an output stays at or below a limit.
 *
 * @param outcome what is proven
 * @param upper   the best upper bound; not-a-number where violated
 * @param witness an input that violates; null otherwise
 * @param regions how many parts were looked at
 */
public record Verdict(Outcome outcome, double upper, double[] witness, int regions) {
    /** What is proven. */
    public enum Outcome {
        /** No input exceeds the limit. */
        HOLDS,
        /** The witness does. */
        VIOLATED,
        /** Neither is proven. */
        OPEN
    }
}
