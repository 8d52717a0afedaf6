package org.reluctor.certify.bound;

/** Told how far a computation of bounds is; by one thread at a time. */
@FunctionalInterface
public interface BoundProgress {
    /** Tells nobody. */
    BoundProgress NONE = (stage, done, total) -> { };

    /**
     * @param stage what is bounded
     * @param done  how many elements of it
     * @param total of so many
     */
    void advanced(String stage, int done, int total);
}
