package org.reluctor.opencl.tuning;

import org.reluctor.opencl.device.Device;
import org.reluctor.opencl.device.DeviceKind;

/**
 * How operations are launched on a class of devices.
 *
 * @param form         of the kernels
 * @param groupedFrom  smallest batch that is computed in groups of 16 frames; below it, frame by frame
 */
public record LaunchParameters(KernelForm form, int groupedFrom) {
    private static final LaunchParameters CPU = new LaunchParameters(KernelForm.PANEL, 6);
    private static final LaunchParameters OTHERS = new LaunchParameters(KernelForm.PLAIN, 16);

    /** The parameters for the class of that device. */
    public static LaunchParameters of(Device device) {
        return device.kind() == DeviceKind.CPU ? CPU : OTHERS;
    }
}
