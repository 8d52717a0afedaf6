package org.reluctor.devicetests.soak;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The command line of a soak.
 *
 * @param length          of the whole
 * @param framesPerSecond of all sensors together
 * @param svg             file of the plot
 * @param json            one JSON object on standard output and nothing else there
 */
record SoakOptions(Duration length, int framesPerSecond, Optional<Path> svg, boolean json) {
    private static final int DEFAULT_RATE = 100;
    private static final int MOST_RATE = 2000;
    private static final int MOST_HOURS = 1000;

    /** A command line that is not right; the message says what would be. */
    static final class UsageException extends Exception {
        private static final long serialVersionUID = 1;

        UsageException(String message) {
            super(message);
        }
    }

    static SoakOptions parse(String... args) throws UsageException {
        SoakOptions options = new SoakOptions(null, DEFAULT_RATE, Optional.empty(), false);
        for (int i = 0; i < args.length; i++) {
            String value = i + 1 < args.length ? args[i + 1] : "";
            switch (args[i]) {
                case "--json" -> {
                    options = new SoakOptions(options.length, options.framesPerSecond, options.svg, true);
                    continue;
                }
                case "--hours" -> options = new SoakOptions(length(value), options.framesPerSecond, options.svg,
                        options.json);
                case "--rate" -> options = new SoakOptions(options.length, rate(value), options.svg, options.json);
                case "--svg" -> options = new SoakOptions(options.length, options.framesPerSecond,
                        Optional.of(file(value)), options.json);
                default -> throw new UsageException("\"" + args[i]
                        + "\" is no option; --hours H, --rate N, --svg FILE, --json and --help are");
            }
            i++;
        }
        if (options.length == null) {
            throw new UsageException("how long? --hours 1, for example");
        }
        return options;
    }

    private static Duration length(String text) throws UsageException {
        double hours = text.matches("\\d{1,4}(\\.\\d{1,6})?") ? Double.parseDouble(text) : 0;
        Duration length = Duration.ofSeconds(Math.round(3600 * hours));
        if (length.compareTo(SoakPlan.SHORTEST) < 0 || hours > MOST_HOURS) {
            throw new UsageException("--hours is \"" + text + "\"; a number of hours from "
                    + SoakPlan.SHORTEST.toMinutes() / 60.0 + " to " + MOST_HOURS + " is right");
        }
        return length;
    }

    private static int rate(String text) throws UsageException {
        int rate = text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
        if (rate < 1 || rate > MOST_RATE) {
            throw new UsageException("--rate is \"" + text + "\"; frames a second, 1 to " + MOST_RATE + ", is right");
        }
        return rate;
    }

    private static Path file(String text) throws UsageException {
        Path file = Path.of(text).toAbsolutePath();
        if (text.isEmpty() || Files.isDirectory(file) || !Files.isWritable(file.getParent())) {
            throw new UsageException("--svg is \"" + text + "\"; a file in a folder that can be written is right");
        }
        return file;
    }
}
