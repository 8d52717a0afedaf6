package org.reluctor.app.command;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.reluctor.app.configuration.Configuration;
import org.reluctor.app.configuration.UserFolders;
import org.reluctor.app.device.OpenDevice;
import org.reluctor.app.inference.DeviceInference;
import org.reluctor.app.inference.Inference;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.opencl.device.DeviceSession;
import org.reluctor.opencl.operation.WeightFormat;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of commands that compute on a device outside the gateway. */
public final class DeviceOptions {
    /** Of the options, for commands that do not always use a device. */
    static final String[] NAMES = {"--device", "--cache", "--state", "--weights", "--program"};

    @Option(names = "--device", defaultValue = "auto", paramLabel = "NAME",
            description = "auto, or part of a device's or platform's name. Default: ${DEFAULT-VALUE}")
    private String select;

    @Option(names = "--cache", paramLabel = "FOLDER",
            description = "Folder for compiled kernels. Default: reluctor in the user's cache folder")
    private Path cache;

    @Option(names = "--state", paramLabel = "FOLDER",
            description = "Folder of what bench --tune found. Default: reluctor in the user's state folder")
    private Path state;

    @Option(names = "--weights", defaultValue = "float32", paramLabel = "FORMAT",
            completionCandidates = WordsOf.Weights.class, converter = WordsOf.Weights.class,
            description = "How the device keeps weights: ${COMPLETION-CANDIDATES}."
                    + " Default: ${DEFAULT-VALUE}")
    private WeightFormat weights;

    @Option(names = "--program", paramLabel = "FILE",
            description = "Load all programs from this file and compile nothing: see reluctor kernels --help")
    private Path program;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    /** Made by picocli. */
    public DeviceOptions() {
        // Filled by picocli.
    }

    /**
     * Opens the device, to be closed by the caller; notes what bench --tune kept but cannot be used.
     *
     * @throws org.reluctor.app.Failure if it cannot be opened as asked for
     */
    public OpenDevice open() {
        Optional<Path> file = Optional.ofNullable(program).map(InputFiles::require);
        OpenDevice opened = OpenDevice.open(new Configuration.Device(select, cacheFolder(), stateFolder(), weights,
                file));
        opened.tuning().remark().ifPresent(remark -> command.commandLine().getErr().println("reluctor: " + remark));
        return opened;
    }

    /**
     * Opens the device and brings a network onto it, to be closed by the caller.
     *
     * @param maxBatch most frames computed together
     * @throws org.reluctor.app.Failure if the device cannot be opened as asked for
     */
    public Inference inference(RecoveryNetwork network, int maxBatch) {
        return DeviceInference.open(network, open(), maxBatch);
    }

    /**
     * Opens the device for work that is no network's, such as training; closing the session gives the device back.
     *
     * @throws org.reluctor.app.Failure if it cannot be opened as asked for
     */
    public DeviceSession session() {
        return open().session();
    }

    private Path cacheFolder() {
        return cache == null ? UserFolders.cache(System.getenv()) : cache;
    }

    /** The same for a gateway in this process, by path of the setting. */
    Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(Map.of("device.select", select, "device.cacheFolder",
                cacheFolder().toAbsolutePath().toString(), "device.stateFolder",
                stateFolder().toAbsolutePath().toString(), "device.weights", weights.name().toLowerCase(Locale.ROOT)));
        if (program != null) {
            settings.put("device.program", program.toAbsolutePath().toString());
        }
        return settings;
    }

    /** Folder of what {@code bench --tune} finds. */
    Path stateFolder() {
        return state == null ? UserFolders.state(System.getenv()) : state;
    }

    /** Whether nothing may be compiled, because programs come from a file. */
    boolean isCompiled() {
        return program != null;
    }
}
