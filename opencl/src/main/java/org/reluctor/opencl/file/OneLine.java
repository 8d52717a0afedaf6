package org.reluctor.opencl.file;

/** Words from files and drivers, made fit for a message or a line of a log: one line of bounded length. */
public final class OneLine {
    private static final int LONGEST = 700;

    private OneLine() {
    }

    /** The words; control characters become '?', and what is over-long is cut. */
    public static String of(String words) {
        String line = words.length() > LONGEST ? words.substring(0, LONGEST) + "…" : words;
        return line.replaceAll("\\p{Cntrl}|[\\x80-\\x9f\\u2028\\u2029]", "?");
    }
}
