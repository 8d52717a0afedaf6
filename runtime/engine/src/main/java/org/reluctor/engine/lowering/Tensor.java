package org.reluctor.engine.lowering;

import org.reluctor.opencl.operation.ImageLayout;

/**
 * A computed tensor that lies in device memory between steps. Compared by identity.
 */
public final class Tensor {
    private final String name;
    private final int features;
    private final ImageLayout image;
    private int slot = -1;

    /** @param image the layout, where some elements are never written and stay zero; otherwise null */
    Tensor(String name, int features, ImageLayout image) {
        this.name = name;
        this.features = features;
        this.image = image;
    }

    public String name() {
        return name;
    }

    /** Elements of one frame. */
    public int features() {
        return features;
    }

    /** What a buffer must have been used for, if for anything, to hold this tensor: its zeros stay only so. */
    Object kind() {
        return image == null ? features : image;
    }

    /** Index of the buffer it lies in; tensors whose lifetimes do not meet share one. */
    public int slot() {
        return slot;
    }

    void place(int newSlot) {
        slot = newSlot;
    }
}
