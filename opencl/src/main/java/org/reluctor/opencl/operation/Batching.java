package org.reluctor.opencl.operation;

/** How the frames of a batch come into the launches of a kernel; it is told of them behind the arenas. */
public enum Batching {
    /** Work-items of one axis take a frame, or a tile of frames, each; the kernel is told how many frames there are. */
    AXIS,
    /** The kernel is told how many there are; its work-groups share out the work. */
    COUNT,
    /** Frame after frame, each by a launch of its own that is told which. */
    SINGLE
}
