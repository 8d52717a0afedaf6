package org.reluctor.opencl.operation;

/** How an operand of pointwise work is read for one feature of one frame, and what a call gives for it. */
public enum Access {
    /** A tensor of the result's own shape. Given: its offset. */
    FRAME,
    /** A constant for each feature, the same for all frames. Given: its offset. */
    FEATURE,
    /**
     * A tensor read through a map: feature f is its element map[f], or zero where that is negative. Given: the offset
     * of the tensor, the offset of the int32 map, the features of a frame of the tensor.
     */
    MAPPED,
    /** One number. Given: itself. */
    SCALAR
}
