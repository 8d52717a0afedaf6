package org.reluctor.engine.lowering;

/**
 * A computed tensor that lies in device memory between steps. Compared by identity.
 */
public final class Tensor {
    private final String name;
    private final int features;
    private int slot = -1;

    Tensor(String name, int features) {
        this.name = name;
        this.features = features;
    }

    public String name() {
        return name;
    }

    /** Elements of one frame. */
    public int features() {
        return features;
    }

    /** Index of the buffer it lies in; tensors whose lifetimes do not meet share one. */
    public int slot() {
        return slot;
    }

    void place(int newSlot) {
        slot = newSlot;
    }
}
