package org.reluctor.app.exchange;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A script that a shell runs before, or beside, a command that it then becomes. */
final class ShellScript {
    /**
     * Sets {@code all} to the processors that the shell may use, such as 0-3,7, and {@code first} to the first of them;
     * both are empty where taskset is missing.
     */
    static final String PROCESSORS = "all=$(taskset -pc $$ 2>/dev/null); all=${all##*: }; first=${all%%[,-]*}; ";

    private ShellScript() {
    }

    /**
     * The command with the script, which ends by {@code exec "$@"}; the command alone where there is no such shell.
     *
     * @param words of the shell's own command line: the shell, options, and the script last
     */
    static List<String> with(List<String> command, String... words) {
        if (!Files.isExecutable(Path.of(words[0]))) {
            return command;
        }
        return Stream.of(Stream.of(words), Stream.of("sh"), command.stream()).flatMap(part -> part).toList();
    }
}
