package org.reluctor.certify.vnnlib;

/** A property file that cannot be used; the message names line and column, what is there, and what would be right. */
public final class VnnLibException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int MOST_SHOWN = 40;

    private VnnLibException(String message) {
        super(message);
    }

    /** Something is wrong at a place of the file. */
    static VnnLibException at(Place place, String message) {
        return new VnnLibException("line " + place.line() + ", column " + place.column() + ": " + message);
    }

    /** A word of the file as it may stand in a message: short, and without characters that steer a terminal. */
    static String shown(String word) {
        String clean = word.replaceAll("\\p{Cntrl}", "?");
        return "\"" + (clean.length() > MOST_SHOWN ? clean.substring(0, MOST_SHOWN) + "..." : clean) + "\"";
    }
}
