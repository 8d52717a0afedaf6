package org.reluctor.devicetests.portability;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.reluctor.devicetests.Answer;

/**
 * A program that holds the answers of two devices, written by {@link AnswersRun}, against each other. Says how many
 * elements are equal to the bit and the largest differences; ends with 1 where one is beyond its tolerance, or an
 * answer is on one side alone.
 */
final class AnswersComparison {
    private static final int LARGEST = 5;

    /** Of one answer: the largest as a share of the tolerance, and the largest in its own unit. */
    private record Difference(String name, double share, double absolute) {
    }

    private final List<Difference> differences = new ArrayList<>();
    private long elements;
    private long equal;

    /** A folder of files from each device, in whatever order they were written. */
    public static void main(String[] arguments) throws IOException {
        Map<String, Answer> ones = read(Path.of(arguments[0]));
        Map<String, Answer> others = read(Path.of(arguments[1]));
        AnswersComparison comparison = new AnswersComparison();
        Set<String> alone = new TreeSet<>(ones.keySet());
        alone.addAll(others.keySet());
        alone.removeIf(name -> ones.containsKey(name) && others.containsKey(name));
        boolean right = !ones.isEmpty() && alone.isEmpty();
        if (right) {
            ones.forEach((name, one) -> comparison.compare(one, others.get(name)));
            right = comparison.report();
        } else {
            System.out.println(ones.size() + " answers against " + others.size() + "; on one side alone: " + alone);
        }
        System.exit(right ? 0 : 1);
    }

    /** All answers of a folder's files, by name. */
    static Map<String, Answer> read(Path folder) throws IOException {
        Map<String, Answer> answers = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                read(file, answers);
            }
        }
        return answers;
    }

    private static void read(Path file, Map<String, Answer> answers) throws IOException {
        try (DataInputStream from = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            while (true) {
                Answer answer = Answer.read(from);
                answers.put(answer.name(), answer);
            }
        } catch (EOFException end) {
            // All read.
        }
    }

    private void compare(Answer one, Answer other) {
        differences.add(new Difference(one.name(), one.difference(other), one.absoluteDifference(other)));
        elements += one.elements().length;
        equal += one.equalElements(other);
    }

    /** False where a difference is beyond the tolerance. */
    private boolean report() {
        differences.sort(Comparator.comparingDouble(Difference::share).reversed());
        Difference largest = differences.get(0);
        System.out.printf(Locale.ROOT, "%d answers, %d of %d elements equal to the bit, largest difference %.2e (%.3f"
                + " of the tolerance, %s)%n", differences.size(), equal, elements, largest.absolute, largest.share,
                largest.name);
        for (Difference difference : differences.subList(1, Math.min(LARGEST, differences.size()))) {
            System.out.printf(Locale.ROOT, "  then %.2e (%.3f of the tolerance, %s)%n", difference.absolute,
                    difference.share, difference.name);
        }
        return largest.share <= 1;
    }
}
