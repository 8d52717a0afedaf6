package org.reluctor.devicetests.fuzz;

import java.nio.file.Path;

/**
 * The command line of device-tests/bin/fuzz.
 *
 * @param seconds for each target
 * @param target  name of one, or {@link #ALL}
 * @param corpus  folder of inputs that are kept
 * @param json    one JSON object on standard output and nothing else there
 */
record FuzzOptions(int seconds, String target, Path corpus, boolean json) {
    static final String ALL = "all";
    private static final int TEN_MINUTES = 600;
    private static final int SECONDS_PER_MINUTE = 60;

    /**
     * Reads the arguments.
     *
     * @throws IllegalArgumentException with the argument that is wrong and what would be right
     */
    static FuzzOptions parse(String... args) {
        FuzzOptions options = new FuzzOptions(TEN_MINUTES, ALL, Path.of("target", "fuzz"), false);
        for (int at = 0; at < args.length; at++) {
            if (args[at].equals("--json")) {
                options = new FuzzOptions(options.seconds, options.target, options.corpus, true);
                continue;
            }
            String value = at + 1 < args.length ? args[at + 1] : "";
            options = options.with(args[at], value);
            at++;
        }
        return options;
    }

    private FuzzOptions with(String option, String value) {
        if (value.isEmpty() && option.startsWith("--")) {
            throw new IllegalArgumentException(option + " lacks its value");
        }
        return switch (option) {
            case "--minutes" -> new FuzzOptions(seconds(value), target, corpus, json);
            case "--target" -> new FuzzOptions(seconds, value, corpus, json);
            case "--corpus" -> new FuzzOptions(seconds, target, Path.of(value), json);
            default -> throw new IllegalArgumentException("\"" + option + "\" is no option; --minutes N, --target NAME,"
                    + " --corpus FOLDER and --json are");
        };
    }

    private static int seconds(String minutes) {
        int seconds = minutes.matches("[0-9]{1,4}(\\.[0-9]{1,2})?")
                ? (int) Math.round(Double.parseDouble(minutes) * SECONDS_PER_MINUTE) : 0;
        if (seconds < 1) {
            throw new IllegalArgumentException("--minutes is \"" + minutes + "\"; a number such as 10 or 0.5 is right");
        }
        return seconds;
    }
}
