/**
 * Bounds that are proven: what a recovery network can and cannot do, on the bench, before it goes to the field.
 *
 * <p>{@code interval} rounds outward; {@code envelope} has the tight convex relaxations of one neuron on a box;
 * {@code graph} is a network as affine layers and activations; {@code bound} turns both into bounds of its values.
 */
package org.reluctor.certify;
