package org.reluctor.certify.graph;

import org.reluctor.certify.envelope.Activation;

/**
 * One activation on every element of an earlier layer.
 *
 * @param source     index of that layer
 * @param size       its size
 * @param activation the function
 */
public record ActivationLayer(int source, int size, Activation activation) implements Layer {
}
