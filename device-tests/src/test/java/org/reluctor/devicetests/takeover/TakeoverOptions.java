package org.reluctor.devicetests.takeover;

import org.reluctor.devicetests.faults.BrokerKind;

/**
 * The command line of device-tests/bin/takeovers.
 *
 * @param rounds  times that the gateway that serves is killed
 * @param frozen  times that it is stopped, so that its links are dead and nobody says so, and goes on later
 * @param members gateways of the partition
 * @param rate    frames a second
 * @param broker  on which
 * @param json    one JSON object on standard output and nothing else there
 */
record TakeoverOptions(int rounds, int frozen, int members, int rate, BrokerKind broker, boolean json) {
    /** Least that gateways take. */
    static final int KEEP_ALIVE_SECONDS = 5;
    static final int GRACE_SECONDS = 2;
    private static final int FROZEN_SHARE = 5;

    /** @throws IllegalArgumentException with what is wrong and what would be right */
    static TakeoverOptions parse(String... args) {
        TakeoverOptions options = new TakeoverOptions(20, -1, 3, 200, BrokerKind.MOSQUITTO, false);
        for (int i = 0; i < args.length; i++) {
            options = args[i].equals("--json") ? options.withJson()
                    : options.with(args[i], i + 1 < args.length ? args[++i] : "");
        }
        return options.frozen >= 0 ? options : options.withFrozen(options.rounds / FROZEN_SHARE);
    }

    private TakeoverOptions with(String option, String value) {
        return switch (option) {
            case "--rounds" -> new TakeoverOptions(number(option, value, 0, 10_000), frozen, members, rate, broker,
                    json);
            case "--frozen" -> withFrozen(number(option, value, 0, 10_000));
            case "--members" -> new TakeoverOptions(rounds, frozen, number(option, value, 2, 8), rate, broker, json);
            case "--rate" -> new TakeoverOptions(rounds, frozen, members, number(option, value, 1, 10_000), broker,
                    json);
            case "--broker" -> new TakeoverOptions(rounds, frozen, members, rate, BrokerKind.of(value), json);
            default -> throw new IllegalArgumentException("\"" + option
                    + "\" is no option; --rounds, --frozen, --members, --rate, --broker and --json are");
        };
    }

    private TakeoverOptions withJson() {
        return new TakeoverOptions(rounds, frozen, members, rate, broker, true);
    }

    private TakeoverOptions withFrozen(int times) {
        return new TakeoverOptions(rounds, times, members, rate, broker, json);
    }

    private static int number(String option, String text, int least, int most) {
        if (!text.matches("\\d{1,6}") || Integer.parseInt(text) < least || Integer.parseInt(text) > most) {
            throw new IllegalArgumentException(option + " is \"" + text + "\"; a whole number from " + least + " to "
                    + most + " is right");
        }
        return Integer.parseInt(text);
    }
}
