package org.reluctor.app.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.Failure;
import org.reluctor.app.certificate.UnfitCertificateException;
import org.reluctor.app.configuration.Configuration;
import org.reluctor.app.configuration.ConfigurationException;
import org.reluctor.app.configuration.Problem;
import org.reluctor.app.device.OpenDevice;
import org.reluctor.app.json.JsonText;
import org.reluctor.app.recovery.ConfiguredNetwork;
import org.reluctor.app.recovery.ConfiguredNetworks;
import org.reluctor.app.recovery.DeviceRecoveries;
import org.reluctor.app.trust.UntrustedNetworkException;
import org.reluctor.network.NetworkFormatException;
import org.reluctor.network.RecoveryNetwork;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks a configuration and the networks that it names, without starting anything. */
@Command(name = "validate", mixinStandardHelpOptions = true,
        description = "Check a configuration and its networks; every mistake is reported at once.",
        footer = {"", "Examples:", "  reluctor validate --config /etc/reluctor/reluctor.yaml",
            "  RELUCTOR_BROKER_URI=tcp://other:1883 reluctor validate --device",
            "Exit status: 0 right, 78 wrong configuration, 65 bad network, 66 missing file, 77 unreadable secret or",
            "untrusted network, 69 no such device (with --device)."})
public final class ValidateCommand implements Subcommand {
    @Mixin
    private ConfigurationOption configurationOption;

    @Mixin
    private CommandOutput output;

    @Option(names = "--device",
            description = "Also open the device that the configuration selects, and load device.program.")
    private boolean device;

    /** Made by ServiceLoader. */
    public ValidateCommand() {
        // Filled by picocli.
    }

    @Override
    public Integer call() {
        try {
            Configuration configuration = configurationOption.read();
            List<Map<String, Object>> networks = readNetworks(configuration);
            String name = device ? openDevice(configuration) : null;
            configuration.warnings().forEach(warning -> output.note("reluctor: warning: %s", warning));
            output.line("%s: right; %d network%s%s", configurationOption.file(), networks.size(),
                    networks.size() == 1 ? "" : "s", name == null ? "" : ", computes on " + name);
            output.result(JsonText.map("file", configurationOption.file().toString(), "valid", true,
                    "problems", List.of(), "warnings", configuration.warnings(), "networks", networks,
                    "device", name));
            return ExitStatus.OK;
        } catch (ConfigurationException exception) {
            List<String> problems = exception.problems().stream().map(Problem::text).toList();
            output.result(JsonText.map("file", configurationOption.file().toString(), "valid", false,
                    "problems", problems, "warnings", List.of()));
            throw exception;
        }
    }

    private List<Map<String, Object>> readNetworks(Configuration configuration) {
        List<Map<String, Object>> networks = new ArrayList<>();
        List<String> mistakes = new ArrayList<>();
        ConfiguredNetworks files = new ConfiguredNetworks(configuration);
        int status = ExitStatus.DATA;
        for (Configuration.Network network : configuration.networks()) {
            try {
                ConfiguredNetwork found = files.read(network);
                RecoveryNetwork read = found.network();
                networks.add(JsonText.map("file", network.file().toString(), "sensors", network.sensors(),
                        "n", read.metadata().n(), "m", read.metadata().m(), "channels", read.metadata().channels(),
                        "matrixId", read.metadata().matrixId(), "certified", found.limits().isPresent()));
            } catch (NetworkFormatException | UnfitCertificateException exception) {
                mistakes.add(exception.getMessage());
            } catch (UntrustedNetworkException exception) {
                mistakes.add(exception.getMessage());
                status = exception.why().status();
            }
        }
        if (!mistakes.isEmpty()) {
            throw new Failure(status, mistakes.stream().collect(Collectors.joining("\n")));
        }
        files.signed().forEach(signed -> output.line("%s: %s", signed.file(), signed.describe()));
        return networks;
    }

    private static String openDevice(Configuration configuration) {
        if (configuration.device().program().isPresent()) {
            // Whether the programs are those of these networks is known when they were loaded; it is quickly done.
            try (DeviceRecoveries recoveries = DeviceRecoveries.open(configuration)) {
                return recoveries.device();
            }
        }
        try (OpenDevice opened = OpenDevice.open(configuration.device())) {
            return opened.name();
        }
    }
}
