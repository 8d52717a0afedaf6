package org.reluctor.app.recovery;

import java.util.ArrayList;
import java.util.List;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.Failure;
import org.reluctor.app.configuration.Configuration;
import org.reluctor.app.device.OpenDevice;
import org.reluctor.app.gateway.Recoveries;
import org.reluctor.engine.lowering.LoweringException;
import org.reluctor.network.RecoveryNetwork;
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
        List<RecoveryNetwork> networks = configuration.networks().stream().map(files::read).toList();
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

    private EngineRecovery recovery(RecoveryNetwork network, Configuration configuration, int index) {
        try {
            return new EngineRecovery(network, device, configuration.batch().max());
        } catch (LoweringException e) {
            throw new Failure(ExitStatus.DATA, configuration.networks().get(index).file() + ": " + e.getMessage(), e);
        }
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
