package org.reluctor.app.configuration;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.reluctor.app.ExitStatus;

/** A configuration that cannot be used; carries every mistake found, not only the first. */
public final class ConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    ConfigurationException(List<Problem> problems) {
        super(inOrder(problems).map(Problem::text).collect(Collectors.joining("\n")));
        this.problems = inOrder(problems).toList();
    }

    private static Stream<Problem> inOrder(List<Problem> problems) {
        return problems.stream().sorted(Comparator.comparingInt(Problem::line));
    }

    /** All mistakes, in the order of the file, after those outside it; at least one. */
    public List<Problem> problems() {
        return problems;
    }

    /** The status that fits all mistakes: theirs where they agree, otherwise that of a wrong configuration. */
    public int status() {
        int first = problems.get(0).status();
        boolean same = problems.stream().allMatch(problem -> problem.status() == first);
        return same ? first : ExitStatus.CONFIGURATION;
    }
}
