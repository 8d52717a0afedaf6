package org.reluctor.opencl.operation;

/**
 * Work-items that run together.
 *
 * @param width        items along the first axis; 0 leaves all to the driver
 * @param depth        items along the third axis
 * @param localVectors float4 of local memory that they share
 */
public record WorkGroup(int width, int depth, int localVectors) {
    /** As the driver likes. */
    public static final WorkGroup FREE = new WorkGroup(0, 0, 0);

    /** An item alone: a core's whole loop. */
    public static final WorkGroup ONE = new WorkGroup(1, 1, 0);

    /** The local sizes of a launch; null leaves them to the driver. */
    public long[] sizes() {
        return width == 0 ? null : new long[] {width, 1, depth};
    }
}
