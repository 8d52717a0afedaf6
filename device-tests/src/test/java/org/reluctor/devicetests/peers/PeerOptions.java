package org.reluctor.devicetests.peers;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.reluctor.opencl.operation.WeightFormat;

/**
 * The command line of the benchmark.
 *
 * @param json       one JSON object on standard output and nothing else there
 * @param svg        file for the chart, or null
 * @param networks   names of those to measure
 * @param activities kinds of them: dense, sparse
 * @param batches    frames of a batch; none: the table's own
 * @param weights    formats that our engine stores weights in; none: the table's own
 * @param seconds    measured for each row
 */
record PeerOptions(boolean json, Path svg, List<String> networks, List<String> activities, List<Integer> batches,
        List<WeightFormat> weights, double seconds) {
    private static final List<String> WITH_VALUE = List.of("--svg", "--networks", "--activity", "--batch", "--weights",
            "--seconds");
    private static final List<String> ACTIVITIES = List.of("dense", "sparse");
    private static final List<String> FORMATS = Arrays.stream(WeightFormat.values())
            .map(format -> format.name().toLowerCase(Locale.ROOT)).toList();

    /** @throws IllegalArgumentException where an argument is not right, with what would be */
    static PeerOptions parse(String... args) {
        Map<String, String> given = given(args);
        String svg = given.get("--svg");
        return new PeerOptions(given.containsKey("--json"), svg == null ? null : Path.of(svg),
                names(given, "--networks", Catalogue.names(), Catalogue.names()),
                names(given, "--activity", ACTIVITIES, ACTIVITIES), batches(given.get("--batch")),
                names(given, "--weights", FORMATS, List.of()).stream()
                        .map(name -> WeightFormat.valueOf(name.toUpperCase(Locale.ROOT))).toList(),
                seconds(given.getOrDefault("--seconds", "7")));
    }

    private static Map<String, String> given(String... args) {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < args.length; i++) {
            boolean valued = WITH_VALUE.contains(args[i]);
            if (!valued && !args[i].equals("--json")) {
                throw new IllegalArgumentException("\"" + args[i] + "\" is no option; --json, --svg FILE, --networks"
                        + " NAME,…, --activity dense,sparse, --batch N,…, --weights FORMAT,… and --seconds S are");
            }
            given.put(args[i], valued ? value(args, i + 1) : "");
            i += valued ? 1 : 0;
        }
        return given;
    }

    private static String value(String[] args, int at) {
        if (at >= args.length) {
            throw new IllegalArgumentException(args[at - 1] + " wants a value after it");
        }
        return args[at];
    }

    private static List<String> names(Map<String, String> given, String option, List<String> there,
            List<String> otherwise) {
        if (!given.containsKey(option)) {
            return otherwise;
        }
        List<String> names = List.of(given.get(option).split(","));
        for (String name : names) {
            if (!there.contains(name)) {
                throw new IllegalArgumentException(option + " names \"" + name + "\"; there are "
                        + String.join(", ", there));
            }
        }
        return names;
    }

    private static List<Integer> batches(String list) {
        if (list == null) {
            return List.of();
        }
        if (!list.matches("[1-9]\\d{0,4}(,[1-9]\\d{0,4})*")) {
            throw new IllegalArgumentException("--batch is \"" + list + "\"; numbers from 1 to 99999 are right");
        }
        return Arrays.stream(list.split(",")).map(Integer::valueOf).toList();
    }

    private static double seconds(String text) {
        if (!text.matches("\\d{1,4}(\\.\\d{1,3})?") || Double.parseDouble(text) < 0.1) {
            throw new IllegalArgumentException("--seconds is \"" + text + "\"; a number from 0.1 is right");
        }
        return Double.parseDouble(text);
    }
}
