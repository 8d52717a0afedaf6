package org.reluctor.opencl.tuning;

import org.reluctor.opencl.device.Device;
import org.reluctor.opencl.device.DeviceKind;
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
 *                     operation, as always in forms whose work-items work together
 * @param weights      format of the weights of products
 */
public record LaunchParameters(@Tuned KernelForm form,
        @Tuned(from = 1, to = 1 << 20, tried = {2, 3, 5, 9, 17, 33, 1 << 20}) int tiledFrom,
        @Tuned(from = 0, to = 1L << 40, tried = {0, 1 << 20, 4 << 20, 16 << 20}) long perFrameUpToBytes,
        @Tuned boolean cooperative, WeightFormat weights) {
    /** What a work-group of the tiled form shares at most. */
    private static final long TILE_BYTES = 17 << 10;

    /** Whether a batch of so many frames is computed in tiles. */
    public boolean isTiled(int frames) {
        return frames >= tiledFrom;
    }

    /** The same with weights stored otherwise. */
    public LaunchParameters withWeights(WeightFormat format) {
        return new LaunchParameters(form, tiledFrom, perFrameUpToBytes, cooperative, format);
    }

    private LaunchParameters withForm(KernelForm other) {
        return new LaunchParameters(other, tiledFrom, perFrameUpToBytes, cooperative, weights);
    }

    /**
     * Whether the form is worth a measurement on a device of that kind. A pipeline on anything but an FPGA is one slow
     * work-item among many that idle.
     */
    public boolean suits(DeviceKind kind) {
        return form != KernelForm.PIPELINE || kind == DeviceKind.ACCELERATOR;
    }

    /** The parameters for the class of that device, from the table that comes with the runtime. */
    public static LaunchParameters of(Device device) {
        LaunchParameters found = TuningTable.of(device);
        return found.form == KernelForm.TILED && device.localMemoryBytes() < TILE_BYTES
                ? found.withForm(KernelForm.PLAIN) : found;
    }
}
