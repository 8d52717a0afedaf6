package org.reluctor.app.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.Failure;
import org.reluctor.app.configuration.Configuration;
import org.reluctor.app.logging.Logging;
import org.reluctor.opencl.file.IoReason;
import org.reluctor.stream.authentication.ReplayMarks;
import org.reluctor.stream.authentication.SensorKeyException;
import org.reluctor.stream.command.CommandAction;
import org.reluctor.stream.command.CommandEnvelopes;
import org.reluctor.stream.command.CommandFault;
import org.reluctor.stream.command.CommandRefusal;
import org.reluctor.stream.command.Commands;
import org.tinylog.Logger;

/** Commands as the configuration has them: key, numbers seen, and what a process adds to those of the stream. */
final class GatewayCommands implements AutoCloseable {
    private final Optional<Commands> commands;

    private GatewayCommands(Optional<Commands> commands) {
        this.commands = commands;
    }

    /**
     * Opens what is configured.
     *
     * @param drain ends the process as SIGTERM does; returns at once
     * @param more  commands, by word
     * @throws Failure if key or numbers cannot be read
     */
    static GatewayCommands open(Configuration configuration, Runnable drain, Map<String, CommandAction> more) {
        return new GatewayCommands(configuration.commands().keyFile().map(keyFile -> {
            Path file = configuration.device().stateFolder().resolve("command-marks-" + configuration.instance());
            Logger.info("commands are taken; their key in {}, numbers seen in {}", keyFile, file);
            Map<String, CommandAction> actions = new HashMap<>(more);
            actions.put("drain", argument -> {
                drain.run();
                return "draining";
            });
            actions.put("log-level", GatewayCommands::logLevel);
            return new Commands(envelopes(configuration, keyFile), marks(file), actions);
        }));
    }

    Optional<Commands> options() {
        return commands;
    }

    private static String logLevel(String word) throws CommandRefusal {
        List<String> words = Arrays.stream(Configuration.Level.values())
                .map(level -> level.name().toLowerCase(Locale.ROOT)).toList();
        if (!words.contains(word)) {
            throw new CommandRefusal(CommandFault.ARGUMENT, "\"" + word + "\" is no level; must be one of "
                    + String.join(", ", words));
        }
        Logging.setLevel(Configuration.Level.valueOf(word.toUpperCase(Locale.ROOT)));
        return "log level " + word + " until the next start";
    }

    private static CommandEnvelopes envelopes(Configuration configuration, Path keyFile) {
        try {
            return new CommandEnvelopes(configuration.site() + "/" + configuration.instance(), keyFile);
        } catch (SensorKeyException exception) {
            throw new Failure(ExitStatus.CREDENTIALS, "commands.keyFile: " + exception.getMessage(), exception);
        }
    }

    private static ReplayMarks marks(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            return ReplayMarks.open(file, 1);
        } catch (IOException exception) {
            throw new Failure(ExitStatus.CANNOT_CREATE, file + ": " + IoReason.of(exception)
                    + "; the state folder (device.stateFolder) must be the gateway's own", exception);
        }
    }

    @Override
    public void close() {
        commands.ifPresent(open -> {
            try {
                open.marks().close();
            } catch (IOException exception) {
                Logger.warn("the numbers of commands could not be closed: {}", IoReason.of(exception));
            }
        });
    }
}
