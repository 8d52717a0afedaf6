package org.reluctor.app.board;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which package has an OpenCL driver for what a board computes with, after its kernel drivers and its device tree. The
 * words for boards that nobody tried say so in config/boards.
 */
final class DriverPackages {
    /** Of any CPU; the last remedy everywhere. */
    static final String FOR_CPU = "apt-get install pocl-opencl-icd ocl-icd-libopencl1";
    private static final String RUSTICL = "apt-get install mesa-opencl-icd (Mesa 23 or later), and set RUSTICL_ENABLE=";

    /** Kernel driver of a render node, and what brings OpenCL to it. */
    private static final Map<String, String> OF_KERNEL_DRIVER = Map.ofEntries(
            Map.entry("i915", "apt-get install intel-opencl-icd"),
            Map.entry("xe", "apt-get install intel-opencl-icd"),
            Map.entry("amdgpu", RUSTICL + "radeonsi; or AMD's ROCm"),
            Map.entry("radeon", RUSTICL + "r600"),
            Map.entry("nvidia", "apt-get install nvidia-opencl-icd"),
            Map.entry("nvidia-drm", "apt-get install nvidia-opencl-icd"),
            Map.entry("v3d", RUSTICL + "v3d"),
            Map.entry("panfrost", RUSTICL + "panfrost; or the vendor's libmali with its kernel driver"),
            Map.entry("panthor", RUSTICL + "panfrost; or the vendor's libmali with its kernel driver"),
            Map.entry("msm", RUSTICL + "freedreno"),
            Map.entry("msm_dpu", RUSTICL + "freedreno"));

    /** Words of a library's name, and the package that has it. */
    private static final Map<String, String> OF_LIBRARY = Map.of("pocl", "libpocl2", "nvidia", "nvidia-opencl-icd",
            "mesa", "mesa-opencl-icd", "rusticl", "mesa-opencl-icd", "igdrcl", "intel-opencl-icd", "intelocl",
            "intel-oneapi-runtime-opencl", "amdocl", "rocm-opencl-runtime", "oclgrind", "oclgrind");

    private DriverPackages() {
    }

    /** What would bring drivers to this board, that of its accelerators first. */
    static List<String> wanted(BoardFiles files) {
        List<String> remedies = new ArrayList<>();
        if (isTegra(files)) {
            remedies.add("a Jetson has no OpenCL of NVIDIA's: build PoCL with -DENABLE_CUDA=ON and set"
                    + " POCL_DEVICES=cuda (config/boards/jetson-orin.conf)");
        }
        kernelDrivers(files).stream().map(OF_KERNEL_DRIVER::get).filter(remedy -> remedy != null).distinct()
                .forEach(remedies::add);
        if (!isTegra(files) && remedies.isEmpty() && files.any("/dev/nvidia0", "/proc/driver/nvidia/version")) {
            remedies.add(OF_KERNEL_DRIVER.get("nvidia"));
        }
        if (files.any("/dev/mali0")) {
            remedies.add("the vendor's libmali with OpenCL, and its name in /etc/OpenCL/vendors/mali.icd"
                    + " (config/boards/rk3588.conf)");
        }
        remedies.add("for the CPU: " + FOR_CPU);
        return List.copyOf(remedies);
    }

    static boolean isTegra(BoardFiles files) {
        return files.text("/proc/device-tree/compatible").filter(text -> text.contains("nvidia,tegra")).isPresent()
                || files.any("/etc/nv_tegra_release");
    }

    /** The package that has a library, so far as its name tells. */
    static Optional<String> ofLibrary(String library) {
        String lower = library.toLowerCase(Locale.ROOT);
        return OF_LIBRARY.entrySet().stream().filter(entry -> lower.contains(entry.getKey())).map(Map.Entry::getValue)
                .sorted().findFirst();
    }

    private static List<String> kernelDrivers(BoardFiles files) {
        return files.list("/sys/class/drm", "renderD\\d+").stream()
                .map(node -> files.linkName(node.resolve("device").resolve("driver"))).flatMap(Optional::stream)
                .toList();
    }
}
