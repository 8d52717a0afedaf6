package org.reluctor.devicetests.peers;

import java.nio.file.Path;
import java.util.List;

/**
 * The command line of the benchmark.
 *
 * @param json     one JSON object on standard output and nothing else there
 * @param svg      file for the chart, or null
 * @param networks names of those to measure
 * @param seconds  measured for each row
 */
record PeerOptions(boolean json, Path svg, List<String> networks, double seconds) {
    private static final PeerOptions DEFAULT = new PeerOptions(false, null, Catalogue.names(), 7);

    /** @throws IllegalArgumentException where an argument is not right, with what would be */
    static PeerOptions parse(String... args) {
        PeerOptions options = DEFAULT;
        for (int i = 0; i < args.length; i++) {
            options = switch (args[i]) {
                case "--json" -> new PeerOptions(true, options.svg, options.networks, options.seconds);
                case "--svg" -> new PeerOptions(options.json, Path.of(value(args, ++i)), options.networks,
                        options.seconds);
                case "--networks" -> new PeerOptions(options.json, options.svg, names(value(args, ++i)),
                        options.seconds);
                case "--seconds" -> new PeerOptions(options.json, options.svg, options.networks,
                        seconds(value(args, ++i)));
                default -> throw new IllegalArgumentException("\"" + args[i] + "\" is no option; --json, --svg FILE,"
                        + " --networks NAME,… and --seconds S are");
            };
        }
        return options;
    }

    private static String value(String[] args, int at) {
        if (at >= args.length) {
            throw new IllegalArgumentException(args[at - 1] + " wants a value after it");
        }
        return args[at];
    }

    private static List<String> names(String list) {
        List<String> names = List.of(list.split(","));
        for (String name : names) {
            if (!Catalogue.names().contains(name)) {
                throw new IllegalArgumentException("--networks names \"" + name + "\"; there are "
                        + String.join(", ", Catalogue.names()));
            }
        }
        return names;
    }

    private static double seconds(String text) {
        if (!text.matches("\\d{1,4}(\\.\\d{1,3})?") || Double.parseDouble(text) < 0.1) {
            throw new IllegalArgumentException("--seconds is \"" + text + "\"; a number from 0.1 is right");
        }
        return Double.parseDouble(text);
    }
}
