package org.reluctor.app.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.reluctor.app.configuration.Configuration;
import org.reluctor.app.configuration.ConfigurationReader;
import picocli.CommandLine.Option;

/** The option that names the configuration. */
public final class ConfigurationOption {
    private static final List<Path> PLACES = List.of(Path.of("reluctor.yaml"), Path.of("config", "reluctor.yaml"),
            Path.of("/etc/reluctor/reluctor.yaml"));

    @Option(names = {"-c", "--config"}, paramLabel = "FILE",
            description = "The configuration. Default: reluctor.yaml, config/reluctor.yaml or"
                    + " /etc/reluctor/reluctor.yaml, the first that exists")
    private Path file;

    /** Made by picocli. */
    public ConfigurationOption() {
        // Filled by picocli.
    }

    /** As if that file were named. */
    static ConfigurationOption of(Path file) {
        ConfigurationOption option = new ConfigurationOption();
        option.file = file;
        return option;
    }

    /** The file that is read. */
    public Path file() {
        return file != null ? file : PLACES.stream().filter(Files::exists).findFirst().orElse(PLACES.get(0));
    }

    /** Reads the file, with the environment's overrides. */
    public Configuration read() {
        return ConfigurationReader.read(file(), System.getenv());
    }
}
