package org.reluctor.app;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.reluctor.app.command.RunCommand;

/**
 * Entry of the one command line, {@code reluctor}. What is asked for in the usual words, {@code run --config FILE}, is
 * done at once: the classes that read a command line are in no archive (theirs is a format older than archives take),
 * and would be a tenth of a gateway's start.
 */
public final class Main {
    private static final String RUN = "run";

    private Main() {
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
        Optional<Path> configuration = configurationToRun(arguments);
        return configuration.isPresent() ? run(configuration.get(), err) : Commands.execute(out, err, arguments);
    }

    /** The configuration, where the words are {@code run --config FILE} and no others. */
    static Optional<Path> configurationToRun(String... arguments) {
        boolean plain = arguments.length == 3 && RUN.equals(arguments[0])
                && ("--config".equals(arguments[1]) || "-c".equals(arguments[1]))
                // What may be an option, a file of arguments, or nothing is for who reads all command lines.
                && !arguments[2].isEmpty() && "-@\"'".indexOf(arguments[2].charAt(0)) < 0
                && arguments[2].indexOf('\0') < 0;
        try {
            return plain ? Optional.of(Path.of(arguments[2])) : Optional.empty();
        } catch (InvalidPathException e) {
            // Such as a letter that the system's encoding of names does not have.
            return Optional.empty();
        }
    }

    private static int run(Path configuration, PrintWriter err) {
        try {
            return RunCommand.of(configuration).call();
        } catch (Exception | OutOfMemoryError | LinkageError failure) {
            return Errors.report(failure, err, false);
        }
    }
}
