package org.reluctor.opencl.device;

/** Class of a device, in the order in which {@code auto} prefers them. It decides which form of a kernel is used. */
public enum DeviceKind {
    GPU,
    ACCELERATOR,
    CPU
}
