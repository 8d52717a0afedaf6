package org.reluctor.app.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.Failure;
import org.reluctor.app.configuration.Configuration;
import org.reluctor.opencl.file.IoReason;
import org.reluctor.stream.authentication.Authentication;
import org.reluctor.stream.authentication.ReplayMarks;
import org.reluctor.stream.authentication.SensorKeys;
import org.tinylog.Logger;

/** Keys of sensors and marks against replay as the configuration has them, open as long as the gateway. */
final class SensorAuthentication implements AutoCloseable {
    private final Optional<Authentication> authentication;

    private SensorAuthentication(Optional<Authentication> authentication) {
        this.authentication = authentication;
    }

    /**
     * Opens what is configured.
     *
     * @throws Failure if the marks cannot be opened
     */
    static SensorAuthentication open(Configuration configuration) {
        return new SensorAuthentication(configuration.sensors().keysFolder().map(folder -> {
            Path file = configuration.device().stateFolder().resolve("replay-marks-" + configuration.instance());
            Logger.info("only frames with a MAC are taken; keys of sensors in {}, replay marks in {}", folder, file);
            return new Authentication(new SensorKeys(folder), marks(file, configuration.sensors().limits().max()));
        }));
    }

    Optional<Authentication> options() {
        return authentication;
    }

    private static ReplayMarks marks(Path file, int sensors) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            return ReplayMarks.open(file, sensors);
        } catch (IOException exception) {
            throw new Failure(ExitStatus.CANNOT_CREATE, file + ": " + IoReason.of(exception)
                    + "; the state folder (device.stateFolder) must be the gateway's own", exception);
        }
    }

    @Override
    public void close() {
        authentication.ifPresent(open -> {
            try {
                open.marks().close();
            } catch (IOException exception) {
                Logger.warn("the replay marks may lack what was delivered last: {}", IoReason.of(exception));
            }
        });
    }
}
