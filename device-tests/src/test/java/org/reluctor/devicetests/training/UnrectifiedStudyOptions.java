package org.reluctor.devicetests.training;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.reluctor.devicetests.study.StudyArguments;
import org.reluctor.devicetests.study.StudyClock;

/**
 * The command line of the study.
 *
 * @param data    folder that holds mnist/ or mitbih/
 * @param output  folder for tables and plots, or null
 * @param json    one JSON object on standard output and nothing else there
 * @param verbose tells each outer iteration
 * @param cases   mnist, ecg
 * @param methods in the order of the table
 * @param clock   that budgets are measured by
 * @param budgets seconds a run
 * @param seeds   seeds 1 to so many
 * @param rates   learning rates of Adam; of several, the best of a search with another seed
 * @param batch   samples of a step of Adam
 * @param count   training samples
 * @param hidden  units of both hidden layers
 * @param tuning  further numbers by name, for experiments
 */
record UnrectifiedStudyOptions(Path data, Path output, boolean json, boolean verbose, List<String> cases,
        List<String> methods, StudyClock clock, List<Double> budgets, int seeds, List<Double> rates, int batch,
        int count, int hidden, Map<String, Double> tuning) {
    private static final Map<String, String> DEFAULTS = new LinkedHashMap<>();
    private static final List<String> FLAGS = List.of("--json", "--verbose");

    static {
        DEFAULTS.put("--data", "");
        DEFAULTS.put("--output", "");
        DEFAULTS.put("--cases", "mnist,ecg");
        DEFAULTS.put("--methods", "al,restart,fast,al-adam,adam");
        DEFAULTS.put("--clock", "processor");
        DEFAULTS.put("--seconds", "60");
        DEFAULTS.put("--seeds", "3");
        DEFAULTS.put("--rates", "1e-3,2e-3,4e-3");
        DEFAULTS.put("--batch", "125");
        DEFAULTS.put("--count", "20000");
        DEFAULTS.put("--hidden", "512");
        DEFAULTS.put("--tuning", "");
    }

    /** @throws IllegalArgumentException where an argument is not right, with what would be */
    static UnrectifiedStudyOptions parse(String... args) {
        StudyArguments given = StudyArguments.parse(DEFAULTS, FLAGS, args);
        if (given.text("--data").isEmpty()) {
            throw new IllegalArgumentException("--data is missing; right is a folder that holds mnist/ or mitbih/");
        }
        return new UnrectifiedStudyOptions(given.path("--data"), given.path("--output"), given.has("--json"),
                given.has("--verbose"), among(given, "--cases", List.of("mnist", "ecg")),
                among(given, "--methods", StudyMethods.NAMES), StudyClock.of(given.text("--clock")),
                numbers(given, "--seconds"), whole(given, "--seeds"), numbers(given, "--rates"),
                whole(given, "--batch"), whole(given, "--count"), whole(given, "--hidden"),
                tuning(given.text("--tuning")));
    }

    private static List<String> among(StudyArguments given, String option, List<String> known) {
        List<String> words = given.list(option);
        for (String word : words) {
            if (!known.contains(word)) {
                throw new IllegalArgumentException(option + " names \"" + word + "\"; there are "
                        + String.join(", ", known));
            }
        }
        return words;
    }

    private static List<Double> numbers(StudyArguments given, String option) {
        return given.list(option).stream().map(word -> number(option, word)).toList();
    }

    private static double number(String place, String word) {
        return StudyArguments.number(place, word, number -> number > 0 && Double.isFinite(number), "a number above 0");
    }

    private static int whole(StudyArguments given, String option) {
        double number = number(option, given.text(option));
        if (number != Math.rint(number) || number > 1e6) {
            throw new IllegalArgumentException(option + " is " + given.text(option)
                    + "; right is a whole number up to a million");
        }
        return (int) number;
    }

    private static Map<String, Double> tuning(String words) {
        Map<String, Double> tuning = new LinkedHashMap<>();
        for (String word : words.isEmpty() ? new String[0] : words.split(",")) {
            String[] both = word.split("=", 2);
            if (both.length < 2) {
                throw new IllegalArgumentException("--tuning has \"" + word + "\"; right is NAME=NUMBER");
            }
            tuning.put(both[0], number("--tuning " + both[0], both[1]));
        }
        return tuning;
    }
}
