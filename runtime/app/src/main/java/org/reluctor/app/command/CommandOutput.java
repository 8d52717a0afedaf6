package org.reluctor.app.command;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Map;
import org.reluctor.app.json.JsonText;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Where a command's result goes: with {@code --json} exactly one object on standard output, otherwise a text for
 * people. Mixed into the commands that have both.
 */
public final class CommandOutput {
    @Option(names = "--json", description = "Print one JSON object on standard output, and nothing else there.")
    private boolean json;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    /** Made by picocli. */
    public CommandOutput() {
        // Filled by picocli.
    }

    /** Whether a program reads the result. */
    public boolean isJson() {
        return json;
    }

    /** A line for people on standard output; with {@code --json} left out. */
    public void line(String format, Object... arguments) {
        if (!json) {
            command.commandLine().getOut().printf(format + "%n", shown(arguments));
            command.commandLine().getOut().flush();
        }
    }

    /** A line on standard error, such as progress. */
    public void note(String format, Object... arguments) {
        command.commandLine().getErr().printf(format + "%n", shown(arguments));
        command.commandLine().getErr().flush();
    }

    /** A network file or a sensor may have written a text: its control characters shall not reach the terminal. */
    private static Object[] shown(Object... arguments) {
        return Arrays.stream(arguments).map(argument -> argument == null || argument instanceof Number ? argument
                : argument.toString().replaceAll("\\p{Cntrl}", "?")).toArray();
    }

    /** The result, with {@code --json}; to be called once. */
    public void result(Map<String, ?> result) {
        if (json) {
            command.commandLine().getOut().println(JsonText.of(result));
            command.commandLine().getOut().flush();
        }
    }

    /** Standard output, for what is drawn. */
    PrintWriter out() {
        return command.commandLine().getOut();
    }
}
