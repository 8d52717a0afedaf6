package org.reluctor.devicetests.faults;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The command line of device-tests/bin/faults.
 *
 * @param rounds faults in all
 * @param broker on which
 * @param seed   of everything that is drawn by lot
 * @param kinds  to be injected; the long ones come in from {@link FaultSchedule#LONG_FROM_ROUNDS} rounds on
 * @param rate   frames a second of each of the two rigs
 * @param frames least number of frames that the brokers take before the run ends
 * @param json   one JSON object on standard output and nothing else there
 */
record FaultOptions(int rounds, BrokerKind broker, long seed, List<FaultKind> kinds, int rate, long frames,
        boolean json) {
    private static final int FRAMES_A_ROUND = 1000;

    /** @throws IllegalArgumentException with what is wrong and what would be right */
    static FaultOptions parse(String... args) {
        FaultOptions options = new FaultOptions(30, BrokerKind.MOSQUITTO, System.nanoTime() & 0xFFFFFF,
                List.of(FaultKind.values()), 150, -1, false);
        for (int i = 0; i < args.length; i++) {
            options = args[i].equals("--json") ? options.withJson()
                    : options.with(args[i], i + 1 < args.length ? args[++i] : "");
        }
        return options.frames >= 0 ? options : options.withFrames((long) FRAMES_A_ROUND * options.rounds);
    }

    private FaultOptions with(String option, String value) {
        return switch (option) {
            case "--rounds" -> new FaultOptions((int) number(option, value), broker, seed, kinds, rate, frames, json);
            case "--broker" -> new FaultOptions(rounds, BrokerKind.of(value), seed, kinds, rate, frames, json);
            case "--seed" -> new FaultOptions(rounds, broker, number(option, value), kinds, rate, frames, json);
            case "--kinds" -> new FaultOptions(rounds, broker, seed, kindsOf(value), rate, frames, json);
            case "--rate" -> new FaultOptions(rounds, broker, seed, kinds, (int) number(option, value), frames, json);
            case "--frames" -> withFrames(number(option, value));
            default -> throw new IllegalArgumentException("\"" + option
                    + "\" is no option; --rounds, --broker, --seed, --kinds, --rate, --frames and --json are");
        };
    }

    private FaultOptions withJson() {
        return new FaultOptions(rounds, broker, seed, kinds, rate, frames, true);
    }

    private FaultOptions withFrames(long least) {
        return new FaultOptions(rounds, broker, seed, kinds, rate, least, json);
    }

    private static long number(String option, String text) {
        if (!text.matches("[1-9]\\d{0,8}")) {
            throw new IllegalArgumentException(option + " is \"" + text + "\"; a whole number from 1 is right");
        }
        return Long.parseLong(text);
    }

    private static List<FaultKind> kindsOf(String words) {
        List<FaultKind> kinds = new ArrayList<>();
        for (String word : words.split(",", -1)) {
            kinds.add(Arrays.stream(FaultKind.values()).filter(kind -> kind.word().equals(word)).findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("--kinds has \"" + word + "\"; right are "
                            + String.join(", ", Arrays.stream(FaultKind.values()).map(FaultKind::word).toList()))));
        }
        return kinds;
    }
}
