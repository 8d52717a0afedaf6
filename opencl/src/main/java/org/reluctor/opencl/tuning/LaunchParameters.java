package org.reluctor.opencl.tuning;

import org.reluctor.opencl.device.Device;
import org.reluctor.opencl.device.DeviceKind;

/**
 * How operations are launched on a class of devices.
 *
 * @param form         of the kernels
 * @param groupedFrom  smallest batch that is computed in groups of 16 frames; below it, frame by frame
 * @param perFrameUpToBytes weights up to which a network runs as one launch, each work-item taking a frame or group of
 *                     frames through all of it: what a core's cache holds
 * @param cooperative  whether, beyond that, single frames run as one launch that the compute units share; else, and for
 *                     groups of frames, a launch an operation
 */
public record LaunchParameters(KernelForm form, int groupedFrom, long perFrameUpToBytes, boolean cooperative) {
    private static final LaunchParameters CPU = new LaunchParameters(KernelForm.PANEL, 5, 2L << 20, true);
    private static final LaunchParameters OTHERS = new LaunchParameters(KernelForm.PLAIN, 16, 0, false);

    /** The parameters for the class of that device. */
    public static LaunchParameters of(Device device) {
        return device.kind() == DeviceKind.CPU ? CPU : OTHERS;
    }
}
