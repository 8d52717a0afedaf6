package org.reluctor.app.recovery;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.Failure;
import org.reluctor.app.certificate.CertifiedLimits;
import org.reluctor.app.configuration.Configuration;
import org.reluctor.app.device.OpenDevice;
import org.reluctor.app.gateway.Recoveries;
import org.reluctor.app.trust.SignedNetwork;
import org.reluctor.engine.lowering.LoweringException;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.opencl.operation.WeightFormat;
import org.reluctor.stream.Route;
import org.tinylog.Logger;

/** The networks of a configuration on the device that it names. */
public final class DeviceRecoveries implements Recoveries, NetworkDeployment {
    private final ConfiguredNetworks files;
    private final Configuration configuration;
    private final String description;
    private final List<ServedNetwork> served = new ArrayList<>();

    private DeviceRecoveries(Configuration configuration) {
        this.configuration = configuration;
        this.files = new ConfiguredNetworks(configuration);
        List<ConfiguredNetwork> networks = configuration.networks().stream().map(files::read).toList();
        RecoveryDevice device = new RecoveryDevice(this::openDevice);
        device.opened().remark().ifPresent(Logger::warn);
        device.opened().tuning().remark().ifPresent(Logger::warn);
        device.opened().tuning().file().ifPresent(file -> Logger.info("launch parameters from {}", file));
        Logger.info(device.opened().launching());
        this.description = device.opened().name();
        for (int i = 0; i < networks.size(); i++) {
            Configuration.Network setting = configuration.networks().get(i);
            served.add(new ServedNetwork(setting, deploy(networks.get(i), setting, files.signed(setting), device)));
        }
    }

    private OpenDevice openDevice() {
        return OpenDevice.open(configuration.device());
    }

    private DeployedNetwork deploy(ConfiguredNetwork network, Configuration.Network setting,
            Optional<SignedNetwork> signed, RecoveryDevice device) {
        try {
            return new DeployedNetwork(new EngineRecovery(network.network(), limits(network, setting), device,
                    configuration.batch().max()), signed);
        } catch (LoweringException e) {
            throw new Failure(ExitStatus.DATA, setting.file() + ": " + e.getMessage(), e);
        }
    }

    /** What was proven of the file's weights does not hold for rounded ones. */
    private CertifiedLimits limits(ConfiguredNetwork network, Configuration.Network setting) {
        CertifiedLimits limits = network.limits().orElse(null);
        Path file = setting.file();
        WeightFormat weights = configuration.device().weights();
        if (limits != null && weights != WeightFormat.FLOAT32) {
            Logger.warn("{}: its certificate is of float32 weights, and device.weights is {}: frames are not held"
                    + " against it", file, weights.name().toLowerCase(Locale.ROOT));
            return null;
        }
        if (limits != null) {
            Logger.info("{}: certified, and watched: {}", file, limits.describe());
        }
        return limits;
    }

    /**
     * Reads the networks, opens the device, and brings them onto it.
     *
     * @throws RuntimeException with a message for the operator, if a file or the device cannot be used
     */
    public static DeviceRecoveries open(Configuration configuration) {
        return new DeviceRecoveries(configuration);
    }

    @Override
    public String device() {
        return description;
    }

    @Override
    public List<Route> routes() {
        return served.stream().map(network -> new Route(network.setting().sensors(), network)).toList();
    }

    @Override
    public List<ServedNetwork> served() {
        return List.copyOf(served);
    }

    @Override
    public DeployedNetwork deploy(RecoveryNetwork network, Configuration.Network setting, SignedNetwork signed) {
        RecoveryDevice beside = new RecoveryDevice(this::openDevice);
        try {
            return deploy(new ConfiguredNetwork(network, ConfiguredNetworks.limits(signed, network)), setting,
                    Optional.of(signed.withoutContent()), beside);
        } finally {
            beside.closeUnused();
        }
    }

    @Override
    public Optional<NetworkDeployment> deployment() {
        return Optional.of(this);
    }

    @Override
    public ConfiguredNetworks files() {
        return files;
    }

    @Override
    public void inUse() {
        files.accept();
    }

    @Override
    public void close() {
        served.forEach(ServedNetwork::close);
    }
}
