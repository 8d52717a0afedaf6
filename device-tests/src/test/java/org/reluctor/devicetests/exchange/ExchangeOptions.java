package org.reluctor.devicetests.exchange;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * What the command line asks for.
 *
 * @param rounds exchanges
 * @param json   whether the report is one JSON object
 * @param times  file for every frame's time and latency, see {@link LatencyTrace}; empty for none
 */
record ExchangeOptions(int rounds, boolean json, Optional<Path> times) {
    private static final int DEFAULT_ROUNDS = 100;
    private static final String USAGE = "[--rounds N] N from 1 to 9999, [--times FILE] and [--json] are right";

    /** @throws IllegalArgumentException for wrong arguments, with what would be right */
    static ExchangeOptions of(List<String> arguments) {
        int rounds = DEFAULT_ROUNDS;
        boolean json = false;
        Optional<Path> times = Optional.empty();
        for (Iterator<String> left = arguments.iterator(); left.hasNext();) {
            String option = left.next();
            if (option.equals("--json")) {
                json = true;
            } else if (option.equals("--rounds") && left.hasNext()) {
                rounds = rounds(left.next());
            } else if (option.equals("--times") && left.hasNext()) {
                times = Optional.of(Path.of(left.next()));
            } else {
                throw new IllegalArgumentException("wrong argument " + option + "; " + USAGE);
            }
        }
        return new ExchangeOptions(rounds, json, times);
    }

    private static int rounds(String text) {
        if (!text.matches("[1-9]\\d{0,3}")) {
            throw new IllegalArgumentException("--rounds is " + text + "; " + USAGE);
        }
        return Integer.parseInt(text);
    }
}
