package org.reluctor.opencl.device;

import org.reluctor.opencl.OpenClException;
import org.reluctor.opencl.binding.Discovery;
import org.reluctor.opencl.binding.Handle;

/**
 * A device as its driver describes it. Immutable; holding one costs nothing and needs no closing.
 *
 * @param name               of the device
 * @param platform           name of the platform that offers it
 * @param vendor             of the device
 * @param version            such as {@code OpenCL 3.0 …}
 * @param driver             version of the driver
 * @param kind               decides the form of the kernels
 * @param computeUnits       at least 1
 * @param globalMemoryBytes  what the driver says may be used
 * @param maxBufferBytes     of one buffer
 * @param localMemoryBytes   of one work-group
 * @param maxWorkGroupItems  work-items of one work-group at most
 * @param hasCompiler        false on devices that take binaries only
 * @param platformHandle     for {@link DeviceSession}
 * @param handle             for {@link DeviceSession}
 */
public record Device(String name, String platform, String vendor, String version, String driver, DeviceKind kind,
        int computeUnits, long globalMemoryBytes, long maxBufferBytes, long localMemoryBytes, int maxWorkGroupItems,
        boolean hasCompiler, Handle platformHandle, Handle handle) {

    static Device describe(Handle platform, Handle device) {
        return new Device(Discovery.deviceName(device), Discovery.platformName(platform),
                Discovery.deviceVendor(device), Discovery.deviceVersion(device), Discovery.driverVersion(device),
                kind(device), Discovery.computeUnits(device), Discovery.globalMemoryBytes(device),
                Discovery.maxBufferBytes(device), Discovery.localMemoryBytes(device),
                Discovery.maxWorkGroupItems(device), Discovery.hasCompiler(device), platform, device);
    }

    private static DeviceKind kind(Handle device) {
        if (Discovery.isGpu(device)) {
            return DeviceKind.GPU;
        }
        return Discovery.isAccelerator(device) ? DeviceKind.ACCELERATOR : DeviceKind.CPU;
    }

    /** The same device taken for one of another kind: for sources that are compiled here and run elsewhere. */
    public Device as(DeviceKind other) {
        return new Device(name, platform, vendor, version, driver, other, computeUnits, globalMemoryBytes,
                maxBufferBytes, localMemoryBytes, maxWorkGroupItems, hasCompiler, platformHandle, handle);
    }

    /**
     * Whether a session whose programs are compiled here can compute in the very thread that waits, without waking
     * another: with drivers that have a second device for it ({@link DeviceSession#callerQueue}).
     *
     * @throws OpenClException if the driver fails
     */
    public boolean hasCallerDevice() {
        return CallerDevice.beside(this).isPresent();
    }

    /** Name and platform, for people. */
    @Override
    public String toString() {
        return name + " (" + platform + ")";
    }
}
