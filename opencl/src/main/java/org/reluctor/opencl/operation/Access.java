package org.reluctor.opencl.operation;

/** How an operand of pointwise work is read for one feature of one frame, and what a call gives for it. */
public enum Access {
    /** A tensor of the result's own shape. Given: its offset. */
    FRAME,
    /** A constant for each feature, the same for all frames. Given: its offset. */
    FEATURE,
    /**
     * A constant that repeats, as a bias of every channel does where the channels of a position lie together: feature f
     * is its element f mod n. Given: its offset, n; the first 15 elements are stored again behind the last.
     */
    PERIODIC,
    /**
     * A tensor read through a map: feature f is its element map[f], or zero where that is negative. Given: the offset
     * of the tensor, the offset of the int32 map, the features of a frame of the tensor.
     */
    MAPPED,
    /**
     * Elements of several tensors and of constants: feature f is the element place[f] of the arena of tensors,
     * stride[f] further on with every frame; where place[f] is negative, the element −1 − place[f] of the arena of
     * constants. Given: the offsets of the int32 maps place and stride.
     */
    JOINED,
    /** One number. Given: itself. */
    SCALAR
}
