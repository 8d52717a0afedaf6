package org.reluctor.opencl.operation;

/** How the frames of a batch come into the launches of a kernel. */
public enum Batching {
    /** Work-items of the third axis take a frame (or group of frames) each. */
    AXIS,
    /** The kernel is told how many there are, behind the arenas; its work-groups share out the work. */
    COUNT,
    /** Frame after frame, each by a launch of its own that is told which, behind the arenas. */
    SINGLE
}
