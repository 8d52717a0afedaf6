package org.reluctor.devicetests.study;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoublePredicate;

/** The words of a study's command line: options with a value, each with a default, and options without one. */
public final class StudyArguments {
    private final Map<String, String> values;
    private final List<String> given;

    private StudyArguments(Map<String, String> values, List<String> given) {
        this.values = values;
        this.given = given;
    }

    /**
     * Takes the words apart.
     *
     * @param defaults of all options with a value
     * @param flags    the options without one
     * @throws IllegalArgumentException where a word is none of them, or a value is missing
     */
    public static StudyArguments parse(Map<String, String> defaults, List<String> flags, String... args) {
        Map<String, String> values = new LinkedHashMap<>(defaults);
        List<String> valued = Arrays.stream(args).filter(arg -> !flags.contains(arg)).toList();
        for (int at = 0; at < valued.size(); at += 2) {
            if (!defaults.containsKey(valued.get(at)) || at + 1 == valued.size()) {
                throw new IllegalArgumentException("\"" + valued.get(at) + "\" is no option with a value; "
                        + String.join(", ", defaults.keySet()) + " are, and " + String.join(" and ", flags)
                        + " without one");
            }
            values.put(valued.get(at), valued.get(at + 1));
        }
        return new StudyArguments(values, List.of(args));
    }

    /** Whether that option without a value is there. */
    public boolean has(String flag) {
        return given.contains(flag);
    }

    /** A value as it was given. */
    public String text(String option) {
        return values.get(option);
    }

    /** A file or folder; null where the value is empty. */
    public Path path(String option) {
        return text(option).isEmpty() ? null : Path.of(text(option));
    }

    /** The words between commas. */
    public List<String> list(String option) {
        return List.of(text(option).split(","));
    }

    /**
     * A number.
     *
     * @param place for messages
     * @param right which numbers are
     * @param words that say so
     * @throws IllegalArgumentException where it is none of those
     */
    public static double number(String place, String word, DoublePredicate right, String words) {
        try {
            double number = Double.parseDouble(word);
            if (right.test(number)) {
                return number;
            }
        } catch (NumberFormatException noNumber) {
            // Told below, like a number that is out of range.
        }
        throw new IllegalArgumentException(place + " is \"" + word + "\"; right is " + words);
    }
}
