package org.reluctor.opencl.operation;

import java.util.List;

/**
 * Something computed for each frame by a function of the device, over two arenas: constants (weights, biases, maps) and
 * tensors. Where in the arenas its operands lie is not the operation's business but its call's.
 */
public interface Operation {
    /**
     * The function's text but for its name: operations of equal text share one compiled function, whatever their sizes.
     *
     * @see KernelText#function
     */
    String text();

    /**
     * The function's parameters after the item along both axes, the first frame, the number of frames and the arenas,
     * in order; all are int but scalars, which are float.
     */
    List<String> parameters();

    /** Names of those parameters that are float. */
    List<String> floatParameters();

    /** The sizes of the operation itself, which stand in front of all offsets but the product's weights and input. */
    List<Integer> sizes();

    /** Items of one call of the function along the first axis. */
    int items();

    /** Items of one call of the function along the second axis. */
    int rowsOfItems();

    /** Most frames that one call of the function takes. */
    int framesPerItem();

    /**
     * Whether an item is a core's whole loop: work-groups hold one, and frames are the first axis of a launch, so that
     * weights are used for all of them while a core has them near. Otherwise items are the first axis, so that
     * neighbours read neighbours.
     */
    boolean isCoarse();

    /** Work-items that run together. */
    default WorkGroup workGroup() {
        return isCoarse() ? WorkGroup.ONE : WorkGroup.FREE;
    }

    /** How the frames of a batch come into launches. */
    default Batching batching() {
        return Batching.AXIS;
    }

    /** The axis of a launch along which frames lie; items lie along the other of the first and the third. */
    default int frameAxis() {
        return isCoarse() ? 0 : 2;
    }

    /** Work-items along that axis for so many frames. */
    default int frameItems(int frames) {
        return (frames + framesPerItem() - 1) / framesPerItem();
    }

    /** What it does, with sizes, for people. */
    String describe();

    /** Floating-point operations for one frame; a fused multiply-add is two. */
    long operationsPerFrame();

    /** Bytes of weights that one batch reads at least once. */
    long weightBytes();
}
