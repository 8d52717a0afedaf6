package org.reluctor.certify.graph;

/** A vector of a {@link LayerGraph}: the input, an affine combination of earlier ones, or activations of one. */
public sealed interface Layer permits InputLayer, AffineLayer, ActivationLayer {
    /** Elements of the vector. */
    int size();
}
