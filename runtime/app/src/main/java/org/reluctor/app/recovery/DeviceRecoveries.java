package org.reluctor.app.recovery;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.Failure;
import org.reluctor.app.certificate.CertifiedLimits;
import org.reluctor.app.configuration.Configuration;
import org.reluctor.app.device.OpenDevice;
import org.reluctor.app.gateway.Recoveries;
import org.reluctor.engine.lowering.LoweringException;
import org.reluctor.opencl.operation.WeightFormat;
import org.reluctor.stream.Route;
import org.tinylog.Logger;

/** The networks of a configuration on the device that it names. */
public final class DeviceRecoveries implements Recoveries {
    private final ConfiguredNetworks files;
    private final RecoveryDevice device;
    private final String description;
    private final List<Route> routes = new ArrayList<>();

    private DeviceRecoveries(Configuration configuration) {
        this.files = new ConfiguredNetworks(configuration);
        List<ConfiguredNetwork> networks = configuration.networks().stream().map(files::read).toList();
        Configuration.Device settings = configuration.device();
        this.device = new RecoveryDevice(() -> OpenDevice.open(settings));
        device.opened().remark().ifPresent(Logger::warn);
        device.opened().tuning().remark().ifPresent(Logger::warn);
        device.opened().tuning().file().ifPresent(file -> Logger.info("launch parameters from {}", file));
        Logger.info(device.opened().launching());
        this.description = device.opened().name();
        for (int i = 0; i < networks.size(); i++) {
            EngineRecovery recovery = recovery(networks.get(i), configuration, i);
            routes.add(new Route(configuration.networks().get(i).sensors(), recovery));
        }
    }

    private EngineRecovery recovery(ConfiguredNetwork network, Configuration configuration, int index) {
        try {
            return new EngineRecovery(network.network(), limits(network, configuration, index), device,
                    configuration.batch().max());
        } catch (LoweringException e) {
            throw new Failure(ExitStatus.DATA, configuration.networks().get(index).file() + ": " + e.getMessage(), e);
        }
    }

    /** What was proven of the file's weights does not hold for rounded ones. */
    private static CertifiedLimits limits(ConfiguredNetwork network, Configuration configuration, int index) {
        CertifiedLimits limits = network.limits().orElse(null);
        Path file = configuration.networks().get(index).file();
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
        return List.copyOf(routes);
    }

    @Override
    public void inUse() {
        files.accept();
    }

    @Override
    public void close() {
        device.close();
    }
}
