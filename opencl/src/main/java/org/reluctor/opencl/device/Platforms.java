package org.reluctor.opencl.device;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.reluctor.opencl.OpenClException;
import org.reluctor.opencl.binding.Discovery;
import org.reluctor.opencl.binding.Handle;

/**
 * All OpenCL devices of this machine, over all platforms. A platform or device that fails is listed with its reason and
 * hides none of the others.
 *
 * @param devices  in the order in which they are preferred: GPU, accelerator, CPU; as found within a kind
 * @param problems one sentence for each platform or device that could not be used
 */
public record Platforms(List<Device> devices, List<String> problems) {
    /** The choice that takes the first device in order of preference. */
    public static final String AUTO = "auto";

    /** Looks at every platform; takes some tens of milliseconds. */
    public static Platforms discover() {
        List<Device> devices = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (Handle platform : Discovery.platforms()) {
            try {
                addDevices(platform, devices, problems);
            } catch (OpenClException e) {
                problems.add("platform " + nameOf(platform) + ": " + e.getMessage());
            }
        }
        devices.sort(Comparator.comparing(Device::kind));
        return new Platforms(List.copyOf(devices), List.copyOf(problems));
    }

    private static void addDevices(Handle platform, List<Device> devices, List<String> problems) {
        List<Handle> handles = Discovery.devices(platform);
        if (handles.isEmpty()) {
            problems.add("platform " + nameOf(platform) + " has no device");
        }
        List<Device> found = describe(handles, handle -> Device.describe(platform, handle), nameOf(platform), problems);
        // Where it stands beside another it is a part of that, not a choice.
        boolean alone = found.stream().allMatch(CallerDevice::is);
        found.stream().filter(device -> alone || !CallerDevice.is(device)).forEach(devices::add);
    }

    /** Those that answer; a problem for each that does not. */
    static List<Device> describe(List<Handle> handles, Function<Handle, Device> answer, String platform,
            List<String> problems) {
        List<Device> found = new ArrayList<>();
        for (int i = 0; i < handles.size(); i++) {
            try {
                found.add(answer.apply(handles.get(i)));
            } catch (OpenClException e) {
                problems.add("device " + (i + 1) + " of platform " + platform + ": " + e.getMessage());
            }
        }
        return found;
    }

    private static String nameOf(Handle platform) {
        try {
            return Discovery.platformName(platform);
        } catch (OpenClException e) {
            return "(unnamed)";
        }
    }

    /**
     * The device for a configured choice: {@link #AUTO}, or a part of a device's or platform's name in any case.
     *
     * @throws OpenClException if no device answers at all, or none fits; the message lists what is there
     */
    public Device select(String choice) {
        if (devices.isEmpty()) {
            throw new OpenClException(OpenClException.NO_STATUS, "no OpenCL device"
                    + (problems.isEmpty() ? "" : " (" + String.join("; ", problems) + ")")
                    + "; install the driver of your GPU, or PoCL for the CPU (Debian: pocl-opencl-icd)");
        }
        String wanted = choice.toLowerCase(Locale.ROOT);
        return devices.stream()
                .filter(device -> wanted.equals(AUTO) || device.toString().toLowerCase(Locale.ROOT).contains(wanted))
                .findFirst()
                .orElseThrow(() -> new OpenClException(OpenClException.NO_STATUS, "no OpenCL device has \"" + choice
                        + "\" in its name; there is: "
                        + devices.stream().map(Device::toString).collect(Collectors.joining(", "))));
    }
}
