package org.reluctor.certify.graph;

/** The input of a graph; always its first layer. */
public record InputLayer(int size) implements Layer {
}
