package org.reluctor.app.command;

import java.nio.file.Path;
import java.util.Optional;
import org.reluctor.app.configuration.UserFolders;
import org.reluctor.app.device.OpenDevice;
import org.reluctor.opencl.operation.WeightFormat;
import picocli.CommandLine.Option;

/** The options of commands that compute on a device outside the gateway. */
public final class DeviceOptions {
    @Option(names = "--device", defaultValue = "auto", paramLabel = "NAME",
            description = "auto, or part of a device's or platform's name. Default: ${DEFAULT-VALUE}")
    private String select;

    @Option(names = "--cache", paramLabel = "FOLDER",
            description = "Folder for compiled kernels. Default: reluctor in the user's cache folder")
    private Path cache;

    @Option(names = "--weights", defaultValue = "FLOAT32", paramLabel = "FORMAT",
            description = "How the device keeps weights: ${COMPLETION-CANDIDATES}. Default: float32")
    private WeightFormat weights;

    @Option(names = "--program", paramLabel = "FILE",
            description = "Load all programs from this file and compile nothing: see reluctor kernels --help")
    private Path program;

    /** Made by picocli. */
    public DeviceOptions() {
        // Filled by picocli.
    }

    /** Which device is chosen. */
    String select() {
        return select;
    }

    /** How the device keeps weights. */
    WeightFormat weights() {
        return weights;
    }

    /** Opens the device; to be closed by the caller. */
    public OpenDevice open() {
        Optional<Path> file = Optional.ofNullable(program).map(InputFiles::require);
        return OpenDevice.open(select, cache == null ? UserFolders.cache(System.getenv()) : cache, weights, file);
    }
}
