package org.reluctor.app.command;

import java.util.List;
import java.util.Map;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.json.JsonText;
import org.reluctor.opencl.OpenClException;
import org.reluctor.opencl.device.Device;
import org.reluctor.opencl.device.Platforms;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists what could compute. */
@Command(name = "devices", mixinStandardHelpOptions = true,
        description = "List the OpenCL devices of this machine, the one that \"auto\" takes first.",
        footer = {"", "Example:", "  reluctor devices --json",
            "Exit status 69 where no device answers."})
public final class DevicesCommand implements Subcommand {
    private static final double GIBI = 1L << 30;

    @Mixin
    private CommandOutput output;

    /** Made by ServiceLoader. */
    public DevicesCommand() {
        // Filled by picocli.
    }

    @Override
    public Integer call() {
        Platforms platforms = Platforms.discover();
        List<Map<String, Object>> devices = platforms.devices().stream().map(DevicesCommand::describe).toList();
        for (Device device : platforms.devices()) {
            output.line("%s%n  platform %s, %s%n  %s, driver %s%n  %d compute units, %.1f GiB memory,"
                    + " %.1f GiB a buffer%s%n"
                    + "  frames %s",
                    device.name(), device.platform(), device.kind().name().toLowerCase(java.util.Locale.ROOT),
                    device.version().strip(), device.driver(), device.computeUnits(),
                    device.globalMemoryBytes() / GIBI, device.maxBufferBytes() / GIBI,
                    device.hasCompiler() ? "" : ", takes binaries only",
                    hasCallerThread(device) ? "can be computed in the calling thread" : "are computed by launches");
        }
        platforms.problems().forEach(problem -> output.note("reluctor: %s", problem));
        output.result(JsonText.map("devices", devices, "problems", platforms.problems()));
        if (devices.isEmpty()) {
            // The same words as where a device is needed.
            platforms.select(Platforms.AUTO);
        }
        return ExitStatus.OK;
    }

    private static Map<String, Object> describe(Device device) {
        return JsonText.map("name", device.name(), "platform", device.platform(), "vendor", device.vendor(),
                "version", device.version().strip(), "driver", device.driver(),
                "kind", device.kind().name().toLowerCase(java.util.Locale.ROOT),
                "computeUnits", device.computeUnits(), "globalMemoryBytes", device.globalMemoryBytes(),
                "maxBufferBytes", device.maxBufferBytes(), "localMemoryBytes", device.localMemoryBytes(),
                "hasCompiler", device.hasCompiler(), "callerThread", hasCallerThread(device));
    }

    /** A driver that fails here has no such device; what else is known of it is told all the same. */
    private static boolean hasCallerThread(Device device) {
        try {
            return device.hasCallerDevice();
        } catch (OpenClException e) {
            return false;
        }
    }
}
