package org.reluctor.network;

import java.util.Objects;

/**
 * An edge of the graph: the network's input, a node's output, or a constant. Compared by identity: two values of
 * equal content are still two values. The arrays of a constant are shared, not copied: do not write to them.
 */
public final class Value {
    private final String name;
    private final Shape shape;
    private final float[] floats;
    private final long[] integers;

    private Value(String name, Shape shape, float[] floats, long[] integers) {
        this.name = Objects.requireNonNull(name);
        this.shape = Objects.requireNonNull(shape);
        this.floats = floats;
        this.integers = integers;
    }

    /** A value that is computed (or fed in), of float32 elements. */
    public static Value computed(String name, Shape shape) {
        return new Value(name, shape, null, null);
    }

    /** A float32 constant, row-major. */
    public static Value constant(String name, Shape shape, float[] floats) {
        if (shape.hasBatch() || shape.frameElements() != floats.length) {
            throw new IllegalArgumentException(name + ": " + floats.length + " elements for the shape " + shape);
        }
        return new Value(name, shape, floats, null);
    }

    /** An int64 constant, row-major, such as the target of a Reshape. */
    public static Value constant(String name, Shape shape, long[] integers) {
        if (shape.hasBatch() || shape.frameElements() != integers.length) {
            throw new IllegalArgumentException(name + ": " + integers.length + " elements for the shape " + shape);
        }
        return new Value(name, shape, null, integers);
    }

    public String name() {
        return name;
    }

    public Shape shape() {
        return shape;
    }

    /** Whether the elements are known before any frame comes. */
    public boolean isConstant() {
        return floats != null || integers != null;
    }

    /** Elements of a float32 constant, or null. */
    public float[] floats() {
        return floats;
    }

    /** Elements of an int64 constant, or null. */
    public long[] integers() {
        return integers;
    }

    /** Such as {@code W1[64, 256]}; a name from a file is made fit to stand in a message. */
    @Override
    public String toString() {
        return Quote.bare(name) + shape;
    }
}
