package org.reluctor.certify.command;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.Failure;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** What {@code certify} is asked for, and which options go with it: any other would be ignored, and is refused. */
enum AskedFor {
    CERTIFICATE("a certificate", "--property", "--amplitude", "--basis", "--coefficients", "--noise", "--arithmetic",
            "--steps", "--seconds", "--output", "--plot"),
    FRAMES("--frame", "--frame", "--time", "--noise", "--arithmetic", "--output"),
    TIMED_FRAMES("--frame with --time", Uses.DEVICE, "--frame", "--time", "--noise", "--arithmetic", "--output"),
    SEARCH("--search", Uses.DEVICE, "--search", "--starts", "--seed", "--steps"),
    FILE("--property FILE.vnnlib", Uses.DEVICE, "--property", "--arithmetic", "--seconds");

    private final String word;
    private final Set<String> options;

    AskedFor(String word, String... options) {
        this.word = word;
        this.options = Set.of(options);
    }

    AskedFor(String word, Uses uses, String... options) {
        this.word = word;
        this.options = Stream.concat(Stream.of(options), uses.options.stream()).collect(Collectors.toSet());
    }

    /** What some of it is computed with, and by which options that is told. */
    private enum Uses {
        DEVICE("--device", "--cache", "--state", "--weights", "--program");

        private final Set<String> options;

        Uses(String... options) {
            this.options = Set.of(options);
        }
    }

    /** Refuses what does not go together, in one message with all of it. */
    void require(ParseResult given) {
        Set<String> own = new TreeSet<>();
        List.of(values()).forEach(each -> own.addAll(each.options));
        List<String> wrong = given.matchedOptions().stream().map(OptionSpec::longestName)
                .filter(name -> own.contains(name) && !options.contains(name)).distinct().sorted().toList();
        if (!wrong.isEmpty()) {
            throw new Failure(ExitStatus.USAGE, String.join(", ", wrong) + (wrong.size() == 1 ? " does" : " do")
                    + " not go with " + word + ", which takes " + String.join(", ", new TreeSet<>(options)));
        }
    }
}
