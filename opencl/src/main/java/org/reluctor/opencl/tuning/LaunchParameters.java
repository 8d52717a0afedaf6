package org.reluctor.opencl.tuning;

import org.reluctor.opencl.device.Device;
import org.reluctor.opencl.device.DeviceKind;
import org.reluctor.opencl.operation.KernelForm;
import org.reluctor.opencl.operation.WeightFormat;

/**
 * How operations are launched on a class of devices.
 *
 * @param form         of the kernels
 * @param tiledFrom    smallest batch that is computed in tiles of frames; below it, frame by frame
 * @param perFrameUpToBytes weights up to which a network runs as one launch, each work-item taking a frame or tile of
 *                     frames through all of it: what a core's cache holds
 * @param cooperative  whether, beyond that, single frames run as one launch that the compute units share; else, and for
 *                     tiles of frames, a launch an operation
 * @param weights      format of the weights of products, for the panel form
 */
public record LaunchParameters(KernelForm form, int tiledFrom, long perFrameUpToBytes, boolean cooperative,
        WeightFormat weights) {
    private static final LaunchParameters CPU = new LaunchParameters(KernelForm.PANEL, 2, 4L << 20, true,
            WeightFormat.FLOAT32);
    private static final LaunchParameters OTHERS = new LaunchParameters(KernelForm.PLAIN, Integer.MAX_VALUE, 0, false,
            WeightFormat.FLOAT32);

    /** Whether a batch of so many frames is computed in tiles. */
    public boolean isTiled(int frames) {
        return frames >= tiledFrom;
    }

    /** The same with weights stored otherwise. */
    public LaunchParameters withWeights(WeightFormat format) {
        return new LaunchParameters(form, tiledFrom, perFrameUpToBytes, cooperative, format);
    }

    /** The parameters for the class of that device. */
    public static LaunchParameters of(Device device) {
        return device.kind() == DeviceKind.CPU ? CPU : OTHERS;
    }
}
