package org.reluctor.opencl.tuning;

import org.reluctor.opencl.device.Device;
import org.reluctor.opencl.operation.KernelForm;
import org.reluctor.opencl.operation.WeightFormat;

/**
 * How operations are launched on a device. What is {@link Tuned} was found by measurement: by device class in the table
 * that comes with the runtime, or on the very device by {@code reluctor bench --tune}.
 *
 * @param form         of the kernels
 * @param tiledFrom    smallest batch that is computed in tiles of frames; below it, frame by frame
 * @param perFrameUpToBytes weights up to which a network runs as one launch, each work-item taking a frame or tile of
 *                     frames through all of it: what a core's cache holds
 * @param cooperative  whether, beyond that, a batch runs as one launch that the compute units share; else a launch an
 *                     operation
 * @param weights      format of the weights of products, for the panel form
 */
public record LaunchParameters(@Tuned KernelForm form,
        @Tuned(from = 1, to = 1 << 20, tried = {2, 3, 5, 9, 17, 33, 1 << 20}) int tiledFrom,
        @Tuned(from = 0, to = 1L << 40, tried = {0, 1 << 20, 4 << 20, 16 << 20}) long perFrameUpToBytes,
        @Tuned boolean cooperative, WeightFormat weights) {
    /** Whether a batch of so many frames is computed in tiles. */
    public boolean isTiled(int frames) {
        return frames >= tiledFrom;
    }

    /** The same with weights stored otherwise. */
    public LaunchParameters withWeights(WeightFormat format) {
        return new LaunchParameters(form, tiledFrom, perFrameUpToBytes, cooperative, format);
    }

    /** The parameters for the class of that device, from the table that comes with the runtime. */
    public static LaunchParameters of(Device device) {
        return TuningTable.of(device);
    }
}
