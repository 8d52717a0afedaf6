package org.reluctor.app.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.board.BoardCheck;
import org.reluctor.app.board.DeviceProof;
import org.reluctor.app.board.Finding;
import org.reluctor.app.configuration.UserFolders;
import org.reluctor.app.json.JsonText;
import org.reluctor.opencl.OpenClException;
import org.reluctor.opencl.device.Device;
import org.reluctor.opencl.device.Platforms;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists what could compute, or looks for what keeps a board from computing. */
@Command(name = "devices", mixinStandardHelpOptions = true,
        description = "List the OpenCL devices of this machine, the one that \"auto\" takes first.",
        footer = {"", "Examples:", "  reluctor devices --json",
            "  reluctor devices --check     what works here, what is missing, and what mends it",
            "Exit status 69 where no device answers; with --check or --compute, where none computes rightly."})
public final class DevicesCommand implements Subcommand {
    private static final double GIBI = 1L << 30;

    @Option(names = "--check", description = "Look through this board for what OpenCL needs: loader, drivers, device"
            + " nodes, versions; try each driver in a process of its own, and name what mends what is missing.")
    private boolean check;

    @Option(names = "--compute", description = "Also compute a small network on each device, compared with float64.")
    private boolean compute;

    @Mixin
    private CommandOutput output;

    private boolean computed;

    /** Made by ServiceLoader. */
    public DevicesCommand() {
        // Filled by picocli.
    }

    @Override
    public Integer call() throws InterruptedException {
        return check ? check() : list();
    }

    private int check() throws InterruptedException {
        BoardCheck board = BoardCheck.ofThisBoard();
        List<Finding> findings = board.all();
        for (Finding finding : findings) {
            output.line("%-4s  %-8s %s", finding.level().word(), finding.subject(), finding.text());
            if (!finding.remedy().isEmpty()) {
                output.line("      %-8s -> %s", "", finding.remedy());
            }
        }
        output.result(JsonText.map("computes", board.computes(), "findings",
                findings.stream().map(Finding::toMap).toList()));
        return board.computes() ? ExitStatus.OK : ExitStatus.UNAVAILABLE;
    }

    private int list() {
        Platforms platforms = Platforms.discover();
        List<Map<String, Object>> devices = new ArrayList<>();
        for (Device device : platforms.devices()) {
            Map<String, Object> described = describe(device);
            tell(device);
            if (compute) {
                prove(device, described);
            }
            devices.add(described);
        }
        platforms.problems().forEach(problem -> output.note("reluctor: %s", problem));
        output.result(JsonText.map("devices", devices, "problems", platforms.problems()));
        if (devices.isEmpty()) {
            // The same words as where a device is needed.
            platforms.select(Platforms.AUTO);
        }
        return compute && !computed ? ExitStatus.UNAVAILABLE : ExitStatus.OK;
    }

    private void tell(Device device) {
        output.line("%s%n  platform %s, %s%n  %s, driver %s%n  %d compute units, %.1f GiB memory,"
                + " %.1f GiB a buffer%s%n"
                + "  frames %s",
                device.name(), device.platform(), device.kind().name().toLowerCase(Locale.ROOT),
                device.version().strip(), device.driver(), device.computeUnits(),
                device.globalMemoryBytes() / GIBI, device.maxBufferBytes() / GIBI,
                device.hasCompiler() ? "" : ", takes binaries only",
                hasCallerThread(device) ? "can be computed in the calling thread" : "are computed by launches");
    }

    private void prove(Device device, Map<String, Object> described) {
        DeviceProof proof = DeviceProof.of(device, UserFolders.cache(System.getenv()));
        computed |= proof.computes();
        described.putAll(proof.toMap());
        output.line("  %s", proof.computes() ? "computes what float64 says" : proof.problem());
    }

    private static Map<String, Object> describe(Device device) {
        return JsonText.map("name", device.name(), "platform", device.platform(), "vendor", device.vendor(),
                "version", device.version().strip(), "driver", device.driver(),
                "kind", device.kind().name().toLowerCase(Locale.ROOT),
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
