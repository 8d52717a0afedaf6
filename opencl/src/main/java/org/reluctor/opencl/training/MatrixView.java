package org.reluctor.opencl.training;

/**
 * How a matrix lies in a buffer of float32: element (r, q) at offset + r · rowStride + q / run · frameStride + q mod
 * run, or the patches of a convolution. Offsets and strides are elements.
 *
 * @param offset      of the first element
 * @param rowStride   from a row to the next; of patches: from a channel to the next
 * @param run         columns that are neighbours, before the next frame begins
 * @param frameStride from a frame to the next
 * @param stackStride from a matrix of the stack to the next; 0 uses one for all
 * @param across      whether the matrix meant is the transpose of this
 * @param patches     what the elements are if they are patches; null where they are not
 */
public record MatrixView(int offset, int rowStride, int run, int frameStride, int stackStride, boolean across,
        Patches patches) {

    /** Row after row. */
    public static MatrixView rows(int offset, int columns) {
        return new MatrixView(offset, columns, Math.max(1, columns), 0, 0, false, null);
    }

    /** Rows that continue from frame to frame, such as the channels of a batch. */
    public static MatrixView frames(int offset, int rowStride, int run, int frameStride) {
        return new MatrixView(offset, rowStride, run, frameStride, 0, false, null);
    }

    /** The patches of a convolution of [frame, channel, place]. */
    public static MatrixView patches(int offset, int channelStride, int frameStride, Patches patches) {
        return new MatrixView(offset, channelStride, 1, frameStride, 0, false, patches);
    }

    /** The transpose. */
    public MatrixView transposed() {
        return new MatrixView(offset, rowStride, run, frameStride, stackStride, !across, patches);
    }

    /** One of a stack of equal matrices. */
    public MatrixView stacked(int stride) {
        return new MatrixView(offset, rowStride, run, frameStride, stride, across, patches);
    }

    String macros(String prefix) {
        return (across ? "#define " + prefix + "_ACROSS\n" : "") + (patches == null ? "" : patches.macros(prefix));
    }
}
