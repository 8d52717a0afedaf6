/**
 * A network as certification sees it: one graph of affine layers and activations in exact arithmetic, with a radius for
 * what float32 adds. Linear maps keep their structure and are never written out as matrices: bounds need products with
 * the map, its transpose and its absolute value, no more.
 */
package org.reluctor.certify.graph;
