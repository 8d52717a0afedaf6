package org.reluctor.opencl.operation;

/** How an operand of pointwise work is read for one feature of one frame. */
public enum Access {
    /** A tensor of the result's own shape. Argument: buffer. */
    FRAME,
    /** A constant for each feature, the same for all frames. Argument: buffer. */
    FEATURE,
    /**
     * A tensor of fewer features, broadcast: feature f reads its element map[f]. Arguments: buffer, int32 buffer of the
     * map, features of a frame.
     */
    MAPPED,
    /** One number. Argument: float. */
    SCALAR
}
