package org.reluctor.app.command;

import org.reluctor.app.ExitStatus;
import org.reluctor.app.Failure;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The options that stand on a command line, to refuse those that would have no effect there. */
final class GivenOptions {
    private final ParseResult parsed;

    GivenOptions(CommandSpec command) {
        this.parsed = command.commandLine().getParseResult();
    }

    /**
     * Refuses options.
     *
     * @param why   what is said behind the option's name, such as "goes with --plan"
     * @param names of options without effect
     * @throws Failure if one of them was given
     */
    void refuse(String why, String... names) {
        for (String name : names) {
            if (parsed.hasMatchedOption(name)) {
                throw new Failure(ExitStatus.USAGE, name + " " + why);
            }
        }
    }
}
