package org.reluctor.certify.bound;

/** How the network that is bounded is computed. */
public enum Execution {
    /** In real numbers, as the graph says. */
    EXACT,
    /** In float32 on any device, the sums in any order. */
    FLOAT32
}
