package org.reluctor.opencl.operation;

/** How an operand of pointwise work is read for one feature of one frame, and what a call gives for it. */
public enum Access {
    /** A tensor of the result's own shape. Given: its offset. */
    FRAME,
    /** A constant for each feature, the same for all frames. Given: its offset. */
    FEATURE,
    /**
     * A tensor of fewer features, broadcast: feature f reads its element map[f]. Given: the tensor's offset, the offset
     * of the int32 map, the tensor's features of a frame.
     */
    MAPPED,
    /** One number. Given: itself. */
    SCALAR
}
