package org.reluctor.certify.bound;

import java.util.Optional;
import org.reluctor.certify.interval.Box;

/**
 * What was proven of a graph before, so that it is not searched again: boxes of layers, and multipliers of single
 * bounds. Only what is complete is kept; what the end of the time cut short is not. Safe between threads.
 */
public interface KeptBounds {
    /** Keeps nothing. */
    KeptBounds NONE = new KeptBounds() {
        @Override
        public Optional<Box> box(int layer) {
            return Optional.empty();
        }

        @Override
        public void keep(int layer, Box box) {
            // Nothing is kept.
        }

        @Override
        public Optional<SlopeProof> proof(int layer, int number) {
            return Optional.empty();
        }

        @Override
        public void keep(int layer, int number, SlopeProof proof) {
            // Nothing is kept.
        }
    };

    /** A hidden layer's box. */
    Optional<Box> box(int layer);

    /** Keeps a hidden layer's box. */
    void keep(int layer, Box box);

    /**
     * The multipliers of one bound of a layer.
     *
     * @param number the element's, for upper bounds; behind all of them those of lower ones
     */
    Optional<SlopeProof> proof(int layer, int number);

    /** Keeps multipliers. */
    void keep(int layer, int number, SlopeProof proof);
}
