package org.reluctor.app.configuration;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.Failure;

/** Reads a configuration from a file, the environment, or a program. Stateless; thread-safe. */
public final class ConfigurationReader {
    private static final long MAX_FILE_BYTES = 1 << 20;

    private ConfigurationReader() {
    }

    /**
     * Reads a file; variables of the environment that begin with {@code RELUCTOR_} take the place of its values.
     *
     * @throws Failure                if the file cannot be read
     * @throws ConfigurationException with every mistake in it
     */
    public static Configuration read(Path file, Map<String, String> environment) {
        String text = textOf(file);
        Path folder = file.toAbsolutePath().normalize().getParent();
        return read(file.toString(), folder, text, Overrides.ofEnvironment(environment), environment);
    }

    /**
     * A configuration without a file: every setting at its default but those given by path, such as
     * {@code broker.uri} or {@code networks[0].file}.
     *
     * @param folder that relative paths are relative to
     * @throws ConfigurationException with every mistake in the values; an unknown path is one
     */
    public static Configuration of(Map<String, String> values, Path folder) {
        return read("defaults", folder.toAbsolutePath(), "", Overrides.ofPaths(values), System.getenv());
    }

    static Configuration read(String name, Path folder, String text, Overrides overrides,
            Map<String, String> environment) {
        List<Problem> problems = new ArrayList<>();
        YamlNode.Mapping root = YamlTree.read(name, text, problems);
        if (!problems.isEmpty() && root.entries().isEmpty()) {
            throw new ConfigurationException(problems);
        }
        Binding binding = new Binding(name, folder, overrides, problems);
        Configuration configuration = new ConfigurationBinder(binding, environment).bind(binding.root(root));
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return configuration;
    }

    private static String textOf(Path file) {
        if (!Files.exists(file)) {
            throw new Failure(ExitStatus.NO_INPUT, file + ": no such file; name the configuration with --config, or"
                    + " start from the reluctor.yaml that comes with Reluctor");
        }
        if (Files.isDirectory(file)) {
            throw new Failure(ExitStatus.NO_INPUT, file + ": is a folder; name the configuration file itself");
        }
        try {
            if (Files.size(file) > MAX_FILE_BYTES) {
                throw new Failure(ExitStatus.CONFIGURATION, file + ": " + Files.size(file)
                        + " bytes; a configuration has at most " + MAX_FILE_BYTES);
            }
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (CharacterCodingException exception) {
            throw new Failure(ExitStatus.CONFIGURATION, file + ": is not UTF-8 text", exception);
        } catch (IOException exception) {
            throw new Failure(ExitStatus.NO_INPUT, file + ": cannot be read: " + exception.getMessage(), exception);
        }
    }
}
