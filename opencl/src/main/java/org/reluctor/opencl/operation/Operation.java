package org.reluctor.opencl.operation;

import org.reluctor.opencl.device.Kernel;

/** Something computed by one kernel launch a batch. */
public interface Operation {
    /**
     * The kernel's text without its name: operations of equal text share one compiled kernel, whatever their sizes.
     *
     * @see KernelText#named
     */
    String text();

    /**
     * A launch of this operation.
     *
     * @param kernel    a fresh kernel object of this operation's text, owned by the launch from here on
     * @param arguments buffers and numbers in the order of the expression
     */
    Launch launch(Kernel kernel, Arguments arguments);

    /** What it does, with sizes, for people. */
    String describe();

    /** Floating-point operations for one frame; a fused multiply-add is two. */
    long operationsPerFrame();

    /** Bytes of weights that one batch reads at least once. */
    long weightBytes();
}
