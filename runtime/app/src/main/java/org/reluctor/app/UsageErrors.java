package org.reluctor.app;

import java.io.PrintWriter;
import picocli.CommandLine;

/** Turns a wrong command line into a message on standard error and an exit status. */
final class UsageErrors {
    private UsageErrors() {
    }

    /** A wrong command line: what is wrong, the nearest right words, and where help is. */
    static int report(CommandLine.ParameterException exception) {
        CommandLine line = exception.getCommandLine();
        PrintWriter err = line.getErr();
        err.println("reluctor: " + wordsOf(exception, line));
        CommandLine.UnmatchedArgumentException.printSuggestions(exception, err);
        err.println("See " + line.getCommandSpec().qualifiedName() + " --help");
        err.flush();
        return ExitStatus.USAGE;
    }

    private static String wordsOf(CommandLine.ParameterException exception, CommandLine line) {
        boolean unknownCommand = exception instanceof CommandLine.UnmatchedArgumentException unmatched
                && line.getParent() == null && !unmatched.isUnknownOption();
        return unknownCommand
                ? "\"" + ((CommandLine.UnmatchedArgumentException) exception).getUnmatched().get(0) + "\" is no command"
                : exception.getMessage();
    }
}
