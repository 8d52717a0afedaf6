package org.reluctor.devicetests.convex;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.reluctor.devicetests.study.StudyArguments;
import org.reluctor.learn.convex.GroupNorm;

/**
 * The command line of the study.
 *
 * @param json    one JSON object on standard output and nothing else there
 * @param output  folder for the runs as JSON and the plot, or null
 * @param mnist   folder of the MNIST files, or null
 * @param ecg     folder of WFDB records, or null; one of the two is given
 * @param samples to train on
 * @param outputs principal outputs c
 * @param gates   drawn
 * @param norm    of the groups
 * @param beta    penalty over β_max
 * @param gap     relative duality gap to reach
 * @param seconds for one program at most
 * @param path    penalties on the way down from β_max, the last one included
 * @param rounds  of new patterns from the dual
 * @param round   patterns added in each at most
 * @param seeds   seeds 1 to so many, of the gates and of the descents
 * @param adam    training by gradients runs beside it so many times as long as the convex program took, in processor
 *                time; 0 for none
 * @param rates   its learning rates; of several, the best with another seed
 */
record StudyOptions(boolean json, Path output, Path mnist, Path ecg, int samples, int outputs, int gates,
        GroupNorm norm, double beta, double gap, double seconds, int path, int rounds,
        int round, int seeds, double adam, List<Double> rates) {
    private static final Map<String, String> DEFAULTS = new LinkedHashMap<>();

    static {
        DEFAULTS.put("--mnist", "");
        DEFAULTS.put("--ecg", "");
        DEFAULTS.put("--output", "");
        DEFAULTS.put("--samples", "10000");
        DEFAULTS.put("--outputs", "64");
        DEFAULTS.put("--gates", "24");
        DEFAULTS.put("--norm", "nuclear");
        DEFAULTS.put("--beta", "0.05");
        DEFAULTS.put("--gap", "1e-4");
        DEFAULTS.put("--seconds", "300");
        DEFAULTS.put("--path", "1");
        DEFAULTS.put("--rounds", "0");
        DEFAULTS.put("--round", "8");
        DEFAULTS.put("--seeds", "1");
        DEFAULTS.put("--adam", "0");
        DEFAULTS.put("--rates", "3e-3,1e-2,3e-2");
    }

    /** @throws IllegalArgumentException where an argument is not right, with what would be */
    static StudyOptions parse(String... args) {
        StudyArguments given = StudyArguments.parse(DEFAULTS, List.of("--json"), args);
        if (given.text("--mnist").isEmpty() == given.text("--ecg").isEmpty()) {
            throw new IllegalArgumentException("one of --mnist FOLDER and --ecg FOLDER is needed");
        }
        return new StudyOptions(given.has("--json"), given.path("--output"), given.path("--mnist"),
                given.path("--ecg"), (int) number(given, "--samples"), (int) number(given, "--outputs"),
                (int) number(given, "--gates"), GroupNorm.valueOf(given.text("--norm").toUpperCase(Locale.ROOT)),
                number(given, "--beta"), number(given, "--gap"), number(given, "--seconds"),
                (int) number(given, "--path"), (int) number(given, "--rounds"), (int) number(given, "--round"),
                (int) number(given, "--seeds"), number(given, "--adam"),
                given.list("--rates").stream().map(word -> number("--rates", word)).toList());
    }

    private static double number(StudyArguments given, String option) {
        return number(option, given.text(option));
    }

    private static double number(String option, String word) {
        return StudyArguments.number(option, word, any -> true, "a number");
    }
}
