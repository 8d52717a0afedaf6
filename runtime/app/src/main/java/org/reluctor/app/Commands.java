package org.reluctor.app;

import java.io.PrintWriter;
import java.util.List;
import java.util.ServiceLoader;
import java.util.ServiceLoader.Provider;
import org.reluctor.app.command.Subcommand;
import org.reluctor.app.command.VersionLine;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The one command line, {@code reluctor}, as picocli reads it. Subcommands are found by {@link ServiceLoader}. */
@Command(name = "reluctor", mixinStandardHelpOptions = true, versionProvider = VersionLine.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "Turns compressive sensor frames into signals: MQTT in, OpenCL, MQTT out.",
        footer = {"", "Begin with:", "  reluctor devices                       what could compute",
            "  reluctor validate --config FILE        what is wrong with a configuration",
            "  reluctor run --config FILE             the gateway",
            "  reluctor COMMAND --help                more, with examples", "",
            "Exit status: 0 done, 64 wrong usage, 65 bad data, 66 no such input, 69 device, broker or port",
            "unavailable, 70 internal error, 73 cannot create, 74 I/O error, 77 credentials, 78 wrong configuration."})
final class Commands implements Runnable {
    @Option(names = "--debug", scope = CommandLine.ScopeType.INHERIT,
            description = "Show where an error comes from, with its stack trace.")
    private boolean debug;

    @Spec
    private CommandSpec spec;

    private Commands() {
        // Filled by picocli.
    }

    /** Carries out what the words ask for, and gives the exit status. */
    static int execute(PrintWriter out, PrintWriter err, String... arguments) {
        Commands commands = new Commands();
        CommandLine line = new CommandLine(commands);
        commandsFor(arguments).forEach(provider -> line.addSubcommand(provider.get()));
        line.setOut(out).setErr(err).setUsageHelpWidth(100).setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler((exception, given) -> UsageErrors.report(exception));
        line.setExecutionExceptionHandler((exception, at, result) -> Errors.report(exception, err, commands.debug));
        try {
            return line.execute(arguments);
        } catch (OutOfMemoryError | LinkageError error) {
            // picocli hands on only exceptions.
            return Errors.report(error, err, commands.debug);
        }
    }

    /** The command that is named first, alone where there is one: building all of them costs start-up time. */
    private static List<Provider<Subcommand>> commandsFor(String... arguments) {
        List<Provider<Subcommand>> all = ServiceLoader.load(Subcommand.class).stream().toList();
        String wanted = arguments.length == 0 ? "" : arguments[0];
        return all.stream().filter(provider -> nameOf(provider).equals(wanted)).findFirst().map(List::of).orElse(all);
    }

    private static String nameOf(Provider<Subcommand> provider) {
        Command command = provider.type().getAnnotation(Command.class);
        return command == null ? "" : command.name();
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "a command is missing");
    }
}
