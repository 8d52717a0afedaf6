package org.reluctor.learn.data;

import java.nio.file.Path;
import java.util.Arrays;
import org.reluctor.network.Quote;

/** One line of a WFDB header in its fields, which knows its place for the messages. */
final class HeaderLine {
    private final Path file;
    private final int number;
    private final String[] fields;

    HeaderLine(Path file, int number, String text) {
        this.file = file;
        this.number = number;
        fields = text.split("\\s+");
    }

    int fields() {
        return fields.length;
    }

    /** The field from 0; empty where the line is shorter. */
    String field(int index) {
        return index < fields.length ? fields[index] : "";
    }

    /** All fields from that one on, with single spaces between. */
    String rest(int index) {
        return index >= fields.length ? ""
                : String.join(" ", Arrays.copyOfRange(fields, index, fields.length));
    }

    int wholeNumber(int index, String meaning, int least, int most) {
        return wholeNumber(field(index), meaning, least, most);
    }

    int wholeNumber(String text, String meaning, int least, int most) {
        try {
            int value = Integer.parseInt(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException noNumber) {
            // Answered below, with the numbers that are out of range.
        }
        throw wrong("the " + meaning + " is " + Quote.of(text) + "; it must be a whole number from " + least
                + " to " + most);
    }

    DataFormatException wrong(String what) {
        return new DataFormatException(file + ":" + number + ": " + what);
    }
}
