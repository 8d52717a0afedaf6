package org.reluctor.opencl.device;

import java.util.List;
import java.util.Optional;
import org.reluctor.opencl.binding.Discovery;
import org.reluctor.opencl.binding.Handle;

/**
 * A second device that some drivers have beside the one for all cores: it runs kernels in the very thread that waits
 * for them. No other thread has to be woken, which costs more than a small network. PoCL has one, "basic" before and
 * "cpu-minimal" since version 5, if the environment variable POCL_DEVICES names it, as runtime/bin/reluctor does.
 */
final class CallerDevice {
    private static final String PLATFORM = "Portable Computing Language";
    private static final List<String> NAMES = List.of("basic", "cpu-minimal");

    private CallerDevice() {
    }

    static boolean is(Device device) {
        return device.platform().equals(PLATFORM) && NAMES.stream().anyMatch(device.name()::startsWith);
    }

    /** The one beside that device, where both can share memory. */
    static Optional<Device> beside(Device device) {
        if (device.kind() != DeviceKind.CPU || is(device) || !Discovery.sharesMemory(device.handle())) {
            return Optional.empty();
        }
        for (Handle handle : Discovery.devices(device.platformHandle())) {
            Device other = Device.describe(device.platformHandle(), handle);
            if (is(other) && Discovery.sharesMemory(handle)) {
                return Optional.of(other);
            }
        }
        return Optional.empty();
    }
}
