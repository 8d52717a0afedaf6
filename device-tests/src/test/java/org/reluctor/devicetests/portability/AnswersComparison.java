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

    /** Two files. */
    public static void main(String[] arguments) throws IOException {
        List<Answer> ones = read(Path.of(arguments[0]));
        List<Answer> others = read(Path.of(arguments[1]));
        AnswersComparison comparison = new AnswersComparison();
        boolean right = ones.size() == others.size() && !ones.isEmpty();
        if (right) {
            for (int at = 0; at < ones.size(); at++) {
                comparison.compare(ones.get(at), others.get(at));
            }
            right = comparison.report();
        } else {
            System.out.println(ones.size() + " answers against " + others.size());
        }
        System.exit(right ? 0 : 1);
    }

    /** All answers of a file. */
    static List<Answer> read(Path file) throws IOException {
        List<Answer> answers = new ArrayList<>();
        try (DataInputStream from = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            while (true) {
                answers.add(Answer.read(from));
            }
        } catch (EOFException end) {
            return answers;
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
