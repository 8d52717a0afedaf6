package org.reluctor.devicetests.performance;

/**
 * The two numbers and the switch that a benchmark's command line has.
 *
 * @param first  value of the first named option
 * @param second value of the second
 * @param json   one JSON object on standard output and nothing else there
 */
record BenchOptions(int first, int second, boolean json) {
    private static final int USAGE = 64;

    /** Ends the program with a message where the arguments are not right. */
    static BenchOptions parse(String[] args, String firstName, int first, String secondName, int second) {
        BenchOptions options = new BenchOptions(first, second, false);
        for (int i = 0; i < args.length; i++) {
            if (args[i].equals("--json")) {
                options = new BenchOptions(options.first, options.second, true);
            } else if (args[i].equals(firstName)) {
                options = new BenchOptions(number(args, ++i), options.second, options.json);
            } else if (args[i].equals(secondName)) {
                options = new BenchOptions(options.first, number(args, ++i), options.json);
            } else {
                refuse("\"" + args[i] + "\" is no option; " + firstName + " N, " + secondName + " N and --json are");
            }
        }
        return options;
    }

    private static int number(String[] args, int at) {
        String text = at < args.length ? args[at] : "";
        if (!text.matches("[1-9]\\d{0,5}")) {
            refuse(args[at - 1] + " is \"" + text + "\"; a whole number from 1 is right");
        }
        return Integer.parseInt(text);
    }

    private static void refuse(String why) {
        System.err.println(why);
        System.exit(USAGE);
    }

    /** Progress, on standard error. */
    void note(String what) {
        System.err.println(what);
    }
}
