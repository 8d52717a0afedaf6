package org.reluctor.app;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.ServiceLoader;
import java.util.ServiceLoader.Provider;
import org.reluctor.app.command.Subcommand;
import org.reluctor.app.command.Version;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Entry of the one command line, {@code reluctor}. Subcommands are found by {@link ServiceLoader}. */
@Command(name = "reluctor", mixinStandardHelpOptions = true, versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "Turns compressive sensor frames into signals: MQTT in, OpenCL, MQTT out.",
        footer = {"", "Begin with:", "  reluctor devices                       what could compute",
            "  reluctor validate --config FILE        what is wrong with a configuration",
            "  reluctor run --config FILE             the gateway",
            "  reluctor COMMAND --help                more, with examples", "",
            "Exit status: 0 done, 64 wrong usage, 65 bad data, 66 no such input, 69 device, broker or port",
            "unavailable, 70 internal error, 73 cannot create, 74 I/O error, 77 credentials, 78 wrong configuration."})
public final class Main implements Runnable {
    @Option(names = "--debug", scope = CommandLine.ScopeType.INHERIT,
            description = "Show where an error comes from, with its stack trace.")
    private boolean debug;

    @Spec
    private CommandSpec spec;

    Main() {
    }

    /** Runs the command line and ends the process with its status. */
    public static void main(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int status = execute(out, err, arguments);
        out.flush();
        err.flush();
        System.exit(out.checkError() && status == ExitStatus.OK ? ExitStatus.IO : status);
    }

    /** Runs the command line within this process, and gives its exit status; for tests and other programs. */
    public static int execute(PrintWriter out, PrintWriter err, String... arguments) {
        Main main = new Main();
        CommandLine line = new CommandLine(main);
        commandsFor(arguments).forEach(provider -> line.addSubcommand(provider.get()));
        line.setOut(out).setErr(err).setUsageHelpWidth(100).setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler((exception, given) -> Errors.usage(exception));
        line.setExecutionExceptionHandler((exception, at, result) -> Errors.report(exception, err, main.debug));
        try {
            return line.execute(arguments);
        } catch (OutOfMemoryError | LinkageError error) {
            // picocli hands on only exceptions.
            return Errors.report(error, err, main.debug);
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
